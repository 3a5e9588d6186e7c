/** A class that every library is told of which can be told. */
export class Line {
  constructor(
    readonly sku: string,
    public quantity: number,
  ) {}
}

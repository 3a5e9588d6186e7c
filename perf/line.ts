/** A class that every rival is told of that can be told. */
export class Line {
  constructor(
    readonly sku: string,
    public quantity: number,
  ) {}
}

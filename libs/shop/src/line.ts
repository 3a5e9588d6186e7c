/** One line of a cart. Lines are told apart by their id, also when two gateways change the cart at the same time. */
export class Line {
  /** What one piece costs, as the cart service says; null until it was asked. */
  unitCents: number | null = null;

  constructor(
    readonly id: string,
    readonly sku: string,
    public quantity: number,
  ) {}
}

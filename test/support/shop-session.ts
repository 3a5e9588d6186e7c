import { Type } from 'class-transformer';
import { SessionAttr } from 'nest-session-sync';

export class Line {
  constructor(
    public sku = '',
    public quantity = 1,
  ) {}
}

export class Cart {
  @Type(() => Line) lines: Line[] = [];

  add(sku: string, quantity = 1): void {
    const known = this.lines.find((line) => line.sku === sku);
    if (known === undefined) this.lines.push(new Line(sku, quantity));
    else known.quantity += quantity;
  }

  get pieces(): number {
    return this.lines.reduce((sum, line) => sum + line.quantity, 0);
  }
}

export class ShopSession {
  @SessionAttr() userId?: string;
  @SessionAttr() locale: string = 'en';
  @SessionAttr({ mutable: true }) cart: Cart = new Cart();
  @SessionAttr() visits: number = 0;

  get isSignedIn(): boolean {
    return this.userId !== undefined;
  }
}

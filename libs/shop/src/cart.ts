import { Type } from 'class-transformer';
import { Line } from './line.js';

export class Cart {
  @Type(() => Line) lines: Line[] = [];

  /** Adds to the line of a product, or a line if there is none; what falls to nothing goes. */
  add(sku: string, quantity = 1): void {
    const line = this.find(sku);
    this.put(sku, sku, (line?.quantity ?? 0) + quantity);
  }

  /** Says how a line stands: however often it is repeated, the outcome is the same. */
  put(id: string, sku: string, quantity: number): void {
    const line = this.find(id);
    if (quantity <= 0) this.remove(id);
    else if (line === undefined) this.lines.push(new Line(id, sku, quantity));
    else line.quantity = quantity;
  }

  remove(id: string): void {
    const index = this.lines.findIndex((line) => line.id === id);
    if (index !== -1) this.lines.splice(index, 1);
  }

  find(id: string): Line | undefined {
    return this.lines.find((line) => line.id === id);
  }

  /** What all of it costs; null while a line waits for its price. */
  get totalCents(): number | null {
    let totalCents = 0;
    for (const { unitCents, quantity } of this.lines) {
      if (unitCents === null) return null;
      totalCents += unitCents * quantity;
    }
    return totalCents;
  }
}

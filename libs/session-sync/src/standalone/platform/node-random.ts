import { randomBytes } from 'node:crypto';
import type { Random } from '../../ports/index.js';

/** Random bits from Node's cryptographic generator. */
export class NodeRandom implements Random {
  token(bytes: number): string {
    return randomBytes(bytes).toString('base64url');
  }

  fraction(): number {
    return Math.random();
  }
}

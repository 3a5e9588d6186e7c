import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Crypto } from '../../ports/index.js';

/** Hashes and MACs by Node's OpenSSL. */
export class NodeCrypto implements Crypto {
  sha256(text: string): string {
    return createHash('sha256').update(text, 'utf8').digest('base64url');
  }

  mac(secret: string, text: string): string {
    return createHmac('sha256', secret).update(text, 'utf8').digest('base64url');
  }

  isEqual(a: string, b: string): boolean {
    const left = Buffer.from(a, 'utf8');
    const right = Buffer.from(b, 'utf8');
    // The length is public (both are MACs of one kind), so leaving early on it reveals nothing.
    return left.length === right.length && timingSafeEqual(left, right);
  }
}

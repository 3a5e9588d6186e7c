/** Hashes and MACs, all as unpadded base64url. */
export interface Crypto {
  /** SHA-256 of the UTF-8 bytes of `text`. */
  sha256(text: string): string;
  /** HMAC-SHA-256 of the UTF-8 bytes of `text` under `secret`. */
  mac(secret: string, text: string): string;
  /** Whether both are equal, in time that doesn't depend on where they differ. */
  isEqual(a: string, b: string): boolean;
}

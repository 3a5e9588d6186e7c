/** Unpredictable bits and harmless jitter. */
export interface Random {
  /** `bytes` random bytes from a cryptographic source, as unpadded base64url. */
  token(bytes: number): string;
  /** A number in [0, 1), for jitter only. */
  fraction(): number;
}

/** What became of some inputs. */
export interface Tally {
  readonly values: number;
  /** By class. */
  readonly errors: Readonly<Record<string, number>>;
  /** Took longer than the limit, twice. */
  readonly slow: number;
  /** Decoded to far more than the bytes could hold. */
  readonly oversized: number;
  /** Changed a prototype of the language. */
  readonly polluted: number;
}

export const SLOW_MS = 50;
/** Elements, from a few thousand bytes. */
export const OVERSIZED = 1_000_000;

const PROTOTYPES = [Object.prototype, Array.prototype, Function.prototype];

export class HostileTally {
  private values = 0;
  private slow = 0;
  private oversized = 0;
  private polluted = 0;
  private readonly errors: Record<string, number> = {};
  private readonly clean = prototypeKeys();

  count(bytes: Uint8Array, decode: (bytes: Uint8Array) => unknown): void {
    // Once more, since the machine pauses now and then: the same input is slow again if it is the input.
    if (this.decode(bytes, decode) > SLOW_MS && timeMs(bytes, decode) > SLOW_MS) this.slow += 1;
  }

  get result(): Tally {
    const { values, errors, slow, oversized, polluted } = this;
    return { values, errors, slow, oversized, polluted };
  }

  private decode(bytes: Uint8Array, decode: (bytes: Uint8Array) => unknown): number {
    const startedAt = performance.now();
    try {
      const value = decode(bytes);
      this.values += 1;
      if (isOversized(value, bytes)) this.oversized += 1;
    } catch (error) {
      const name = error instanceof Error ? error.constructor.name : `${typeof error}, no error`;
      this.errors[name] = (this.errors[name] ?? 0) + 1;
    }
    const elapsed = performance.now() - startedAt;
    if (prototypeKeys() !== this.clean) {
      this.polluted += 1;
      removeNewKeys(this.clean);
    }
    return elapsed;
  }
}

function timeMs(bytes: Uint8Array, decode: (bytes: Uint8Array) => unknown): number {
  const startedAt = performance.now();
  try {
    decode(bytes);
  } catch {
    // Counted the first time.
  }
  return performance.now() - startedAt;
}

/** Whether some array or buffer in the first levels of a value is longer than its bytes could say. */
export function isOversized(value: unknown, bytes: Uint8Array, level = 0): boolean {
  if (typeof value !== 'object' || value === null || level > 5) return false;
  if (Array.isArray(value) && value.length > Math.max(OVERSIZED, bytes.length)) return true;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    return value.byteLength > Math.max(OVERSIZED, bytes.length);
  }
  return Object.values(value).some((part) => isOversized(part, bytes, level + 1));
}

function prototypeKeys(): string {
  return PROTOTYPES.map((prototype) => Object.getOwnPropertyNames(prototype).join()).join(';');
}

function removeNewKeys(clean: string): void {
  const known = new Set(clean.split(/[,;]/));
  for (const prototype of PROTOTYPES) {
    for (const key of Object.getOwnPropertyNames(prototype))
      if (!known.has(key)) Reflect.deleteProperty(prototype, key);
  }
}

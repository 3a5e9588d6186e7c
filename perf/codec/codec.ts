/** A way to write values down and read them again. */
export interface Codec {
  readonly name: string;
  readonly encode: (value: unknown) => string | Uint8Array;
  /** Takes what `encode` gave, or anything. */
  readonly decode: (data: Uint8Array) => unknown;
  /** What it needs to be given of plain data. @default the data itself */
  readonly input?: (plain: object) => object;
  /** Whether it says to keep more than JSON does. */
  readonly isRich: boolean;
  /** Whether what it writes is JSON by its grammar. */
  readonly isJson: boolean;
  /** Few bytes that claim to be an array of 4,294,967,295 elements; absent where no bytes can say so. */
  readonly hugeArray?: Uint8Array;
  /** Objects inside each other, deeper than any stack. */
  readonly deep: (levels: number) => Uint8Array;
}

export function bytesOf(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? Buffer.from(data) : data;
}

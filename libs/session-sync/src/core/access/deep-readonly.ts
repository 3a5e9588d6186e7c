type Primitive = string | number | boolean | bigint | symbol | null | undefined;

/** What `read` hands out: the same data with nothing in it that writes. Methods stay callable; those that write throw. */
export type DeepReadonly<T> = T extends Primitive | ((...args: never[]) => unknown)
  ? T
  : T extends Date
    ? Omit<Date, `set${string}`>
    : T extends Map<infer K, infer V>
      ? ReadonlyMap<DeepReadonly<K>, DeepReadonly<V>>
      : T extends Set<infer V>
        ? ReadonlySet<DeepReadonly<V>>
        : T extends readonly unknown[]
          ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
          : T extends object
            ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
            : T;

/** Names of a session class's attributes: its properties without its methods. */
export type AttributeName<T> = {
  [K in keyof T]: T[K] extends (...args: never[]) => unknown ? never : K;
}[keyof T] &
  string;

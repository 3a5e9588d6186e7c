declare const brand: unique symbol;

/** A primitive that can't be mistaken for another one of the same shape: a revision is no fencing token. */
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };

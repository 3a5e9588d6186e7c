/** A value, a change of it, and what must be said of the two. */
export interface Probe {
  /** The value before: the same graph each time, in new objects. */
  readonly make: () => object;
  /** Changes it in place, as programs change their state; absent: nothing changes. */
  readonly change?: (value: object) => void;
  /** The most operations that still tell the truth. @default any number */
  readonly most?: number;
  /** What can't be followed may be refused instead, by an error that mentions this name. */
  readonly refusalNames?: string;
  /** Of a class that only this probe has, to be registered. */
  readonly prototype?: object;
  /** How often a getter ran so far. */
  readonly calls?: () => number;
}

type More = Omit<Probe, 'make' | 'change'>;

/** A change that must be seen. */
export function changes<T extends object>(make: () => T, change: (value: T) => void, more: More = {}): Probe {
  return { make, change: change as (value: object) => void, ...more };
}

/** Two equal values, of which nothing must be reported. */
export function equals(make: () => object): Probe {
  return { make };
}

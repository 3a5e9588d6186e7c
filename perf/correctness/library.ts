import type { Probe } from './probe.js';

/** What a row asks for; `values` are JavaScript's own that JSON lacks. */
export type Need = 'json' | 'values' | 'date' | 'regexp' | 'collections' | 'classes' | 'cycles' | 'graphs';

/** What a library found. */
export interface Found {
  /** Operations, changes or differences, in its own way of counting. */
  readonly changes: number;
  /** Applies what was found to another copy of the value before; absent where the library can't. */
  readonly replay?: (before: object) => unknown;
}

/** A library that tells what changed. */
export interface Library {
  readonly name: string;
  /** What it says of itself that it handles: the rows that ask for more are held against nobody. */
  readonly claims: readonly Need[];
  /** What it finds of a probe; in several ways where it has several. */
  readonly examine: (probe: Probe) => Found[];
}

import type * as fc from 'fast-check';

/** A promise of the library that must hold for every input, and the inputs to try it with. */
export interface Law {
  /** `P1`, `P2`, …: what the law is called in reports and in commands that repeat a case. */
  readonly id: string;
  /** What must hold, one sentence, as reports print it. */
  readonly promise: string;
  /** How many inputs are tried: `ci` by `npm test`, `nightly` by `npm run soak -- properties`. */
  readonly cases: { readonly ci: number; readonly nightly: number };
  /**
   * Generator and check: a violation throws. Called once for each batch of inputs, so what is made here is shared by the
   * inputs of a batch and by nothing else. May be asynchronous. Time and chance come from the input only: the same seed
   * repeats the run.
   */
  readonly property: () => fc.IRawProperty<unknown>;
}

/** A promise and how it came out. */
export interface SoakRow {
  readonly promise: string;
  /** How often it was put to the test. */
  readonly tried: number;
  /** Faults that were injected meanwhile. */
  readonly faults: number;
  readonly violations: number;
  /** Further numbers worth keeping, by name: what was aimed at, times, … */
  readonly figures: Readonly<Record<string, number>>;
}

/** What a soak is given to run with. */
export interface SoakRun {
  /** The soak's own name, for commands that repeat something. */
  readonly name: string;
  /** Everything left to chance comes from it, so that the same seed repeats the run. */
  readonly seed: number;
  /** When to stop, by `performance.now()`; infinite when the whole count is to be tried. */
  readonly endsAtMs: number;
  /** The one case to repeat, as a violation named it. */
  readonly replay: string | undefined;
  /** Tells whoever waits how far it is, and every violation in full. */
  readonly say: (line: string) => void;
}

/** Something to try for long: one file, and one line in soaks.ts. */
export interface Soak {
  /** One line for the list of soaks. */
  readonly about: string;
  readonly run: (run: SoakRun) => Promise<readonly SoakRow[]>;
}

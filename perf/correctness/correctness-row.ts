import type { Need } from './library.js';
import type { Probe } from './probe.js';

/** One thing that comparison must see, or must not imagine. */
export interface CorrectnessRow {
  readonly name: string;
  readonly needs: Need;
  readonly probes: readonly Probe[];
}

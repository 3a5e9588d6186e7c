import { builtInRows } from './built-in-rows.js';
import type { CorrectnessRow } from './correctness-row.js';
import { graphRows } from './graph-rows.js';
import { plainRows } from './plain-rows.js';

export function correctnessRows(): readonly CorrectnessRow[] {
  return [...plainRows(), ...builtInRows(), ...graphRows()];
}

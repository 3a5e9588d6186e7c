/**
 * What became of a row for one library. `missed`: a change that it doesn't report. `false report`: it reports what
 * didn't change. `wrong patch`: it reports the change, and its patch doesn't lead to the changed value. `calls it`: it
 * runs a getter. `doesn't end`: out of time, or of memory. `crashes`: the process is gone.
 */
export type Verdict =
  | 'right'
  | 'missed'
  | 'false report'
  | 'wrong patch'
  | 'calls it'
  | 'throws'
  | 'overflows'
  | "doesn't end"
  | 'crashes';

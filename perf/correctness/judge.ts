import { isIsomorphic } from '../../test/support/isomorphism.js';
import type { Found, Library } from './library.js';
import type { Probe } from './probe.js';
import type { CorrectnessRow } from './correctness-row.js';
import type { Verdict } from './verdict.js';

/** What becomes of a row for a library: `right` when all of its probes are, else the first that isn't. */
export function judge(library: Library, { probes }: CorrectnessRow): Verdict {
  for (const probe of probes) {
    const verdict = judgeProbe(library, probe);
    if (verdict !== 'right') return verdict;
  }
  return 'right';
}

function judgeProbe(library: Library, probe: Probe): Verdict {
  let found: Found[];
  const callsBefore = probe.calls?.() ?? 0;
  try {
    found = library.examine(probe);
  } catch (error) {
    const wasCalled = (probe.calls?.() ?? 0) > callsBefore;
    return wasCalled ? 'calls it' : verdictOfError(error, probe.refusalNames);
  }
  if ((probe.calls?.() ?? 0) > callsBefore) return 'calls it';
  return found.map((one) => judgeFound(one, probe)).find((verdict) => verdict !== 'right') ?? 'right';
}

function judgeFound({ changes, replay }: Found, probe: Probe): Verdict {
  if (probe.change === undefined) return changes === 0 ? 'right' : 'false report';
  if (changes === 0) return 'missed';
  if (changes > (probe.most ?? Infinity)) return 'false report';
  // What may be refused can't be told apart by its text either.
  if (replay === undefined || probe.refusalNames !== undefined) return 'right';
  const expected = probe.make();
  probe.change(expected);
  return leadsTo(expected, () => replay(probe.make())) ? 'right' : 'wrong patch';
}

function leadsTo(expected: object, replay: () => unknown): boolean {
  try {
    return isIsomorphic(replay(), expected);
  } catch {
    return false;
  }
}

function verdictOfError(error: unknown, refusalNames: string | undefined): Verdict {
  if (!(error instanceof Error)) return 'throws';
  if (error instanceof RangeError && error.message.includes('call stack')) return 'overflows';
  return refusalNames !== undefined && error.message.includes(refusalNames) ? 'right' : 'throws';
}

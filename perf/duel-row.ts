import { median, spreadOf, type Duel } from './rounds.js';
import type { Row, Target } from './scenario.js';

/** What a row is called, and what it is measured in. */
export interface RowLabel {
  readonly name: string;
  readonly metric: string;
  readonly unit: string;
  readonly peer: string;
  readonly target?: Target;
  /** From the duel's microseconds to the row's unit. @default 1 */
  readonly scale?: number;
}

/** A duel as a row: medians over everything, the ratio of the medians, its spread over the rounds. */
export function duelRow({ name, metric, unit, peer, target, scale = 1 }: RowLabel, duel: Duel): Row {
  const value = scale * median(duel.mine.flat());
  const peerValue = scale * median(duel.peer.flat());
  const ratios = duel.mine.map((round, index) => median(round) / median(duel.peer[index] ?? []));
  const figures = { value: rounded(value), peer, peerValue: rounded(peerValue), ratio: value / peerValue };
  return { name, metric, unit, ...figures, spread: spreadOf(ratios), ...(target && { target }) };
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

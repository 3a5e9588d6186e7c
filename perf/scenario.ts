import type { Table } from './table.js';

/** One figure beside the same of a peer, measured in one run. */
export interface Row {
  readonly name: string;
  readonly metric: string;
  /** `us`, `bytes`, `req/s`, … */
  readonly unit: string;
  readonly value: number;
  readonly peer: string;
  readonly peerValue: number;
  /** value / peerValue */
  readonly ratio: number;
  /** Lowest and highest ratio of the rounds. */
  readonly spread: string;
  /** Absent where nothing was set as a target. */
  readonly target?: Target;
}

/** The most that a row's ratio, or its value, is meant to be. */
export interface Target {
  readonly of: 'ratio' | 'value';
  readonly atMost: number;
}

export function isMet({ ratio, value }: Row, { of, atMost }: Target): boolean {
  return (of === 'ratio' ? ratio : value) <= atMost;
}

/** What a scenario found. */
export interface Result {
  readonly rows: readonly Row[];
  readonly tables?: readonly Table[];
}

/** Something to measure. `isQuick`: within 40 s, build included. */
export type Scenario = (isQuick: boolean) => Promise<Result>;

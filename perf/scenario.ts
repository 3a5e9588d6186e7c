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
}

/** Something to measure. `isQuick`: within 40 s, build included. */
export type Scenario = (isQuick: boolean) => Promise<readonly Row[]>;

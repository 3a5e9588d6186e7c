import type { GraphPath } from './graph-path.js';

/** One object in both versions, and how its parts become parts of operations. */
export interface NodeDiff {
  readonly path: GraphPath;
  readonly before: readonly unknown[];
  readonly after: readonly unknown[];
  isSame(slot: unknown, part: unknown): boolean;
  /** A part as the benchmark's slots would hold it. */
  recordedOf(part: unknown): unknown;
  /** A part as the value of an operation: a copy in which `ObjectAt` stands for what was there before. */
  capture(part: unknown): unknown;
}

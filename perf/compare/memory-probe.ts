import process from 'node:process';
import { takeBenchmark } from 'nest-session-sync/core';
import { cartOf } from '../session-data.js';

export interface MemoryProbe {
  readonly nodes: number;
  readonly rounds: number;
}

/** Bytes a node. */
export interface MemoryRound {
  readonly benchmark: number;
  readonly clone: number;
}

/** So many nodes are held at once, that what else happens in the heap is nothing beside them. */
const NODES_AT_ONCE = 200_000;

/** Bytes a node of what `make` keeps of each cart. */
function weigh(nodes: number, make: (cart: object) => unknown): number {
  const carts = Array.from({ length: Math.max(2, Math.ceil(NODES_AT_ONCE / nodes)) }, () => cartOf(nodes));
  const kept: unknown[] = Array.from({ length: carts.length });
  // Once for nothing: what the first reading does to the carts themselves isn't the benchmark's.
  for (const cart of carts) make(cart);
  const before = usedBytes();
  for (const [index, cart] of carts.entries()) kept[index] = make(cart);
  const used = usedBytes() - before;
  // Both stay alive up to here.
  return used / (nodes * Math.min(kept.length, carts.length));
}

function usedBytes(): number {
  if (globalThis.gc === undefined) throw new Error('Start it with --expose-gc');
  for (let time = 0; time < 3; time++) globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const [nodes = 0, rounds = 0] = process.argv.slice(2).map(Number);
const results: MemoryRound[] = Array.from({ length: rounds }, () => ({
  benchmark: weigh(nodes, takeBenchmark),
  clone: weigh(nodes, structuredClone),
}));
process.send?.(results, () => process.disconnect());

import fastJsonPatch from 'fast-json-patch';
import { takeBenchmark } from 'nest-session-sync/core';
import { cpuDuel, type CpuDuelOptions } from '../cpu-duel.js';
import { duelRow } from '../duel-row.js';
import type { Row, Target } from '../scenario.js';
import { cartOf, copyOfCart } from '../session-data.js';

const TARGET: Target = { of: 'ratio', atMost: 0.7 };
const NODES_OF_TARGET = 1_000;
const COMPARING = "fast-json-patch's comparison, unchanged";

/** Taking the benchmark, beside one comparison and beside the copy that others keep to compare with. */
export function buildRows(nodes: number, options: CpuDuelOptions): Row[] {
  const cart = cartOf(nodes);
  const copy = copyOfCart(cart);
  const peers = {
    [COMPARING]: () => fastJsonPatch.compare(cart, copy).length,
    structuredClone: () => structuredClone(cart).lines.length,
  };
  return Object.entries(peers).map(([peer, work]) => {
    const target = peer === COMPARING && nodes === NODES_OF_TARGET ? TARGET : undefined;
    const label = { name: `build/${nodes}`, metric: 'time a call, median', unit: 'us', peer };
    const result = cpuDuel(() => Number(takeBenchmark(cart) !== undefined), work, options);
    return duelRow({ ...label, ...(target && { target }) }, result);
  });
}

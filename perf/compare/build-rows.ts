import fastJsonPatch from 'fast-json-patch';
import { freezeGraph, takeBenchmark } from 'nest-session-sync/core';
import { cpuDuel, type CpuDuelOptions, type Work } from '../cpu-duel.js';
import { duelRow } from '../duel-row.js';
import type { Row, Target } from '../scenario.js';
import { cartOf, copyOfCart } from '../session-data.js';

const TARGET: Target = { of: 'ratio', atMost: 0.7 };
const NODES_OF_TARGET = 1_000;
const COMPARING = "fast-json-patch's comparison, unchanged";

/**
 * Taking the benchmark, beside one comparison and beside the copy that others keep to compare with: as the engine does,
 * of a value that it has frozen itself, and of one whose properties have to be looked at first.
 */
export function buildRows(nodes: number, options: CpuDuelOptions): Row[] {
  const cart = cartOf(nodes);
  const frozen = freezeGraph(cartOf(nodes));
  const copy = copyOfCart(cart);
  const comparing = (): number => fastJsonPatch.compare(cart, copy).length;
  const cloning = (): number => structuredClone(cart).lines.length;
  const checked = (): number => takeBenchmark(frozen, { isChecked: true }).objects.length;
  const looking = (): number => takeBenchmark(cart).objects.length;
  const target = nodes === NODES_OF_TARGET ? TARGET : undefined;
  return [
    rowOf(`build/${nodes}`, COMPARING, { ours: checked, peer: comparing, options, target }),
    rowOf(`build/${nodes}`, 'structuredClone', { ours: checked, peer: cloning, options }),
    rowOf(`build/${nodes}/unchecked`, COMPARING, { ours: looking, peer: comparing, options }),
    rowOf(`build/${nodes}/unchecked`, 'structuredClone', { ours: looking, peer: cloning, options }),
  ];
}

interface Duellists {
  readonly ours: Work;
  readonly peer: Work;
  readonly options: CpuDuelOptions;
  readonly target?: Target | undefined;
}

function rowOf(name: string, peerName: string, { ours, peer, options, target }: Duellists): Row {
  const label = { name, metric: 'time a call, median', unit: 'us', peer: peerName };
  return duelRow({ ...label, ...(target && { target }) }, cpuDuel(ours, peer, options));
}

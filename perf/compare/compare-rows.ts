import { cpuDuel, type CpuDuelOptions } from '../cpu-duel.js';
import { duelRow } from '../duel-row.js';
import type { Row, Target } from '../scenario.js';
import { cartOf, changedLines, type Cart, type Changed } from '../session-data.js';
import { oursInOtherObjects, oursInPlace, peersOf, type Rival } from './rivals.js';

const CHANGES: readonly Changed[] = ['none', 'one', '1pct'];

/** Where the design sets limits: graphs of 1,000 and 100,000 nodes in which nothing changed. */
const TARGETS: Readonly<Record<string, Target>> = {
  'fast-json-patch': { of: 'ratio', atMost: 0.15 },
  'read-only walk': { of: 'ratio', atMost: 3 },
};
const FEWEST_NODES_OF_TARGETS = 1_000;

/** Comparison of one size with nothing, one node and 1 % of the nodes changed, beside each peer. */
export function compareRows(nodes: number, options: CpuDuelOptions): Row[] {
  const cart = (): Cart => cartOf(nodes);
  const inPlace = CHANGES.flatMap((changed) => {
    const numbers = changedLines(cart(), nodes, changed);
    const hasTargets = changed === 'none' && nodes >= FEWEST_NODES_OF_TARGETS;
    const ours = oursInPlace(cart, numbers);
    return peersOf(cart, numbers).map((peer) => {
      const target = hasTargets ? TARGETS[peer.name] : undefined;
      return rowOf(`compare/${nodes}/${changed}`, ours, peer, { options, target });
    });
  });
  return [...inPlace, ...variantsOf(nodes, options)];
}

/** Unchanged graphs of another kind: of more objects, and of objects that the benchmark has never seen. */
function variantsOf(nodes: number, options: CpuDuelOptions): Row[] {
  const nested = (): Cart => cartOf(nodes, 'nested');
  const flat = (): Cart => cartOf(nodes);
  const variants = [
    { name: 'nested', ours: oursInPlace(nested, []), peers: peersOf(nested, []) },
    { name: 'other-objects', ours: oursInOtherObjects(flat), peers: peersOf(flat, []) },
  ];
  return variants.flatMap(({ name, ours, peers }) =>
    peers
      .filter((peer) => Object.hasOwn(TARGETS, peer.name))
      .map((peer) => rowOf(`compare/${nodes}/none/${name}`, ours, peer, { options })),
  );
}

interface HowToMeasure {
  readonly options: CpuDuelOptions;
  readonly target?: Target | undefined;
}

function rowOf(name: string, ours: Rival, peer: Rival, { options, target }: HowToMeasure): Row {
  for (const rival of [ours, peer]) requireFound(name, rival);
  const label = { name, metric: 'time a call, median', unit: 'us', peer: peer.name };
  return duelRow({ ...label, ...(target && { target }) }, cpuDuel(ours.work, peer.work, options));
}

/** What finds the wrong thing isn't worth timing. */
function requireFound(row: string, { name, work, finds }: Rival): void {
  const found = work();
  if (found !== finds) throw new Error(`${row}: ${name} found ${found} instead of ${finds}`);
}

import { SessionAttr, type SessionState } from 'nest-session-sync';
import { track } from 'nest-session-sync/core';
import { createSessionSync, startEmbeddedNats } from 'nest-session-sync/standalone';
import { cpuDuel, type CpuDuelOptions, type Work } from '../cpu-duel.js';
import { duelRow } from '../duel-row.js';
import type { Row, Target } from '../scenario.js';

class MeasuredSession {
  @SessionAttr() seen = 3;
  @SessionAttr({ mutable: true }) cart = { count: 3 };
}

const ACCESSES = 1_000;

/** Work of `ACCESSES` accesses. Each kind has a loop of its own: a shared one would cost a call each time. */
const KINDS: Readonly<Record<string, (session: SessionState<MeasuredSession>) => Work>> = {
  'SessionState.read': (session) => () => {
    let sum = 0;
    for (let turn = 0; turn < ACCESSES; turn++) sum += session.read('seen');
    return sum;
  },
  'SessionState.mutate': (session) => () => {
    let sum = 0;
    for (let turn = 0; turn < ACCESSES; turn++) sum += session.mutate('cart').count;
    return sum;
  },
};

/** The design asks for 10 ns an access of what is tracked by accessors. */
const TARGET: Target = { of: 'value', atMost: 10 };

/** Accessors as `track` makes them, a property for each value. */
const TRACKED: Readonly<Record<string, () => Work>> = {
  'track, read': () => {
    const { values } = track({ cart: { count: 3 }, seen: 3 });
    return () => {
      let sum = 0;
      for (let turn = 0; turn < ACCESSES; turn++) sum += values.cart.count;
      return sum;
    };
  },
  'track, set': () => {
    const { values } = track({ cart: { count: 3 }, seen: 3 }, { seen: 'set' });
    return () => {
      let sum = 0;
      for (let turn = 0; turn < ACCESSES; turn++) sum += values.seen;
      return sum;
    };
  },
};

const NS_PER_US = 1_000;

/** What it costs to be handed an attribute, beside reading a property of a plain object. */
export async function accessRows(options: CpuDuelOptions): Promise<Row[]> {
  const server = await startEmbeddedNats();
  const sync = await createSessionSync({ session: MeasuredSession, name: 'access', nats: { servers: server.url } });
  try {
    const { key } = await sync.create();
    return await sync.run<MeasuredSession, Row[]>(key, (session) => [
      ...Object.entries(TRACKED).map(([kind, prepare]) => rowOf(kind, prepare(), options, TARGET)),
      ...Object.entries(KINDS).map(([kind, prepare]) => rowOf(kind, prepare(session), options)),
    ]);
  } finally {
    await sync.drain();
    await server.stop();
  }
}

function rowOf(kind: string, work: Work, options: CpuDuelOptions, target?: Target): Row {
  const label = { name: `access/${kind}`, metric: 'time an access, median', unit: 'ns', peer: 'a plain property' };
  const scale = NS_PER_US / ACCESSES;
  return duelRow({ ...label, scale, ...(target && { target }) }, cpuDuel(work, plainReads(), options));
}

function plainReads(): Work {
  const plain = { seen: 3 };
  return () => {
    let sum = 0;
    for (let turn = 0; turn < ACCESSES; turn++) sum += plain.seen;
    return sum;
  };
}

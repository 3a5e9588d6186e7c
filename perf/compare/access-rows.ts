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

interface Kind {
  /** Work of `ACCESSES` accesses. Each kind has a loop of its own: a shared one would cost a call each time. */
  readonly prepare: (session: SessionState<MeasuredSession>) => Work;
  readonly target?: Target;
}

/** What the design allows tracking by accessors; drafts pay for every part they hand out. */
const TRACKING: Target = { of: 'value', atMost: 10 };

const KINDS: Readonly<Record<string, Kind>> = {
  'track, read': {
    target: TRACKING,
    prepare: () => {
      const { values } = track({ cart: { count: 3 } });
      return () => {
        let sum = 0;
        for (let turn = 0; turn < ACCESSES; turn++) sum += values.cart.count;
        return sum;
      };
    },
  },
  'track, set': {
    target: TRACKING,
    prepare: () => {
      const { values } = track({ cart: { count: 3 } }, { cart: 'set' });
      return () => {
        let sum = 0;
        for (let turn = 0; turn < ACCESSES; turn++) sum += values.cart.count;
        return sum;
      };
    },
  },
  'track, proxy': {
    prepare: () => {
      const { values } = track({ cart: { count: 3 } }, { cart: 'proxy' });
      return () => {
        let sum = 0;
        for (let turn = 0; turn < ACCESSES; turn++) sum += values.cart.count;
        return sum;
      };
    },
  },
  'SessionState.read': {
    prepare: (session) => () => {
      let sum = 0;
      for (let turn = 0; turn < ACCESSES; turn++) sum += session.read('seen');
      return sum;
    },
  },
  'SessionState.mutate': {
    prepare: (session) => () => {
      let sum = 0;
      for (let turn = 0; turn < ACCESSES; turn++) sum += session.mutate('cart').count;
      return sum;
    },
  },
};

const NS_PER_US = 1_000;

/** What it costs to be handed an attribute, beside reading a property of a plain object. */
export async function accessRows(options: CpuDuelOptions): Promise<Row[]> {
  const server = await startEmbeddedNats();
  const sync = await createSessionSync({ session: MeasuredSession, name: 'access', nats: { servers: server.url } });
  try {
    const { key } = await sync.create();
    return await sync.run<MeasuredSession, Row[]>(key, (session) =>
      Object.entries(KINDS).map(([kind, { prepare, target }]) => {
        const label = { name: `access/${kind}`, metric: 'time an access, median', unit: 'ns' };
        const result = cpuDuel(prepare(session), plainReads(), options);
        const scale = NS_PER_US / ACCESSES;
        return duelRow({ ...label, peer: 'a plain property', scale, ...(target && { target }) }, result);
      }),
    );
  } finally {
    await sync.drain();
    await server.stop();
  }
}

function plainReads(): Work {
  const plain = { seen: 3 };
  return () => {
    let sum = 0;
    for (let turn = 0; turn < ACCESSES; turn++) sum += plain.seen;
    return sum;
  };
}

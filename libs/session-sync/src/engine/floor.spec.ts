import { beforeEach, describe, expect, it } from 'vitest';
import { StoreRegressionError } from '../core/errors/index.js';
import type { Revision } from '../core/session/revision.js';
import { ManualClock, MemorySessionLog } from '../memory/index.js';
import type { NewestMessage } from '../ports/index.js';
import { MemoryNode } from '../testing/memory-node.js';
import { HookedLog } from './hooked-log.fixture.js';
import { Shop } from './two-nodes.fixture.js';

/** A log whose answers about the newest message a test may hold back and give again later. */
class RewindingLog extends HookedLog {
  old: NewestMessage | undefined;

  override async readNewest(...question: Parameters<HookedLog['readNewest']>): Promise<NewestMessage> {
    const newest = await super.readNewest(...question);
    return this.old ?? newest;
  }
}

let clock: ManualClock;
let log: RewindingLog;
/** Keeps no copies: what it has seen it knows by the floor alone. */
let node: MemoryNode;

beforeEach(() => {
  clock = new ManualClock();
  log = new RewindingLog(new MemorySessionLog({ clock }));
  node = new MemoryNode(Shop, { log, clock, settings: { maxClientBytes: 1 } });
});

async function rewoundTo(what: 'older' | 'absent') {
  const { key } = await node.unit(undefined, (u) => u.set('note', 'old'));
  if (key === undefined) throw new Error('nothing was stored');
  const old = await log.readNewest(key, undefined, 1_000);
  await node.unit(key, (u) => u.set('note', 'new'));
  log.old = what === 'older' ? old : { kind: 'absent', revision: 0 as Revision };
  return key;
}

describe('a node', () => {
  it('never serves less than it has seen, and says so', async () => {
    const key = await rewoundTo('older');
    const failure = node.open(key).catch((error: unknown) => error);
    await clock.advance(3_000);
    expect(await failure).toBeInstanceOf(StoreRegressionError);
  });

  it('waits for an answer that has caught up', async () => {
    const key = await rewoundTo('older');
    const opening = node.open(key);
    await clock.advance(500);
    log.old = undefined;
    await clock.advance(500);
    expect((await opening).read('note')).toBe('new');
  });

  it('takes a session for absent only from a store that has come as far', async () => {
    const key = await rewoundTo('absent');
    expect((await node.open(key)).isNew).toBe(true);
    log.reached = () => Promise.resolve(1 as Revision);
    const failure = node.open(key).catch((error: unknown) => error);
    await clock.advance(3_000);
    expect(await failure).toBeInstanceOf(StoreRegressionError);
  });

  it('serves nothing older than what the caller has seen', async () => {
    const key = await rewoundTo('older');
    const other = new MemoryNode(Shop, { log, clock });
    const asked = { key, whenAbsent: 'newId' as const };
    expect((await other.engine.open(asked)).read('note')).toBe('old');
    const failure = other.engine.open({ ...asked, atLeast: 2 as Revision }).catch((error: unknown) => error);
    await clock.advance(3_000);
    expect(await failure).toBeInstanceOf(StoreRegressionError);
  });
});

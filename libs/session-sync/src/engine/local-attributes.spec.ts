import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { declareAttribute } from '../core/access/index.js';
import { ImmutableAttributeError, SessionEndedError } from '../core/errors/index.js';
import type { SessionKey } from '../core/session/identity.js';
import { ManualClock } from '../memory/index.js';
import { MemoryNode, type MemoryNodeOptions } from '../testing/memory-node.js';
import { nodesWith, sessionWith } from './options.fixture.js';

class Held {
  calls = 0;
  readonly socket = new Socket();
  readonly onMessage = (): number => ++this.calls;
}

const nodes = (options: MemoryNodeOptions = {}) =>
  nodesWith({ local: true, default: () => new Held() }, undefined, options);

async function begun(node: MemoryNode): Promise<SessionKey> {
  const { key } = await node.unit(undefined, (unit) => unit.set('other', 1));
  if (key === undefined) throw new Error('nothing was stored');
  return key;
}

const heldBy = async (node: MemoryNode, key: SessionKey): Promise<Held> => (await node.open(key)).read('x') as Held;

describe('a local attribute', () => {
  it('is the same object for all units of its node, whatever they hold in it', async () => {
    const { a } = nodes();
    const key = await begun(a);
    const held = await heldBy(a, key);
    expect(held.socket).toBeInstanceOf(Socket);
    held.onMessage();
    const unit = await a.open(key);
    expect(unit.mutate('x')).toBe(held);
    expect((unit.read('x') as Held).calls).toBe(1);
  });

  it('is of each session its own, and of each node', async () => {
    const { a, b } = nodes();
    const [one, two] = [await begun(a), await begun(a)];
    const held = await heldBy(a, one);
    expect(await heldBy(a, two)).not.toBe(held);
    expect(await heldBy(b, one)).not.toBe(held);
  });

  it('is never stored, sent, compared or told, alone or beside others', async () => {
    const { a, log } = nodes();
    const key = await begun(a);
    const [sent, { candidates }] = [log.appended.length, a.engine.figures];
    await a.unit(key, (unit) => {
      (unit.mutate('x') as Held).onMessage();
      unit.set('x', new Held());
    });
    expect(log.appended).toHaveLength(sent);
    expect(a.engine.figures.candidates).toBe(candidates);
    await a.unit(key, (unit) => (unit.delete('x'), unit.set('other', 2)));
    expect(log.appended.map(({ body }) => body).join()).not.toContain('x');
    expect(a.commits.map(({ difference }) => difference)).toEqual(['=other 1', '=other 2']);
  });

  it('begins again with a fresh default when it is deleted, evicted, or its session has ended', async () => {
    const { a } = nodes({ settings: { maxSessions: 2 } });
    const key = await begun(a);
    const held = await heldBy(a, key);
    await a.unit(key, (unit) => unit.delete('x'));
    const second = await heldBy(a, key);
    expect(second).not.toBe(held);
    for (let i = 0; i < 3; i++) await begun(a);
    expect(await heldBy(a, key)).not.toBe(second);
  });

  it('goes with the copy of its session, however few of them there are', async () => {
    const { a } = nodes({ settings: { maxClientBytes: 25 } });
    const key = await begun(a);
    const held = await heldBy(a, key);
    for (let i = 0; i < 3; i++) await begun(a);
    expect(await heldBy(a, key)).not.toBe(held);
  });

  it.each([100, 1])(
    'is gone when the store has dropped the session (client state of %d bytes)',
    async (maxClientBytes) => {
      const clock = new ManualClock();
      const node = new MemoryNode(sessionWith({ local: true, default: () => new Held() }), {
        clock,
        settings: { maxClientBytes, idleMs: 1_000 },
      });
      const key = await begun(node);
      const held = await heldBy(node, key);
      await clock.advance(10_000_000);
      const again = await node.engine.open({ key, whenAbsent: 'sameKey' });
      expect(again.isNew).toBe(true);
      expect(again.read('x')).not.toBe(held);
    },
  );

  it('takes effect at once, also in a unit that is given up', async () => {
    const { a } = nodes();
    const key = await begun(a);
    const unit = await a.open(key);
    const held = new Held();
    unit.set('x', held);
    unit.abandon();
    expect(await heldBy(a, key)).toBe(held);
  });

  it("of an anonymous unit is the session's once that is stored", async () => {
    const { a } = nodes();
    let held: unknown;
    const { key } = await a.unit(undefined, (unit) => {
      held = unit.read('x');
      unit.set('other', 1);
    });
    expect(await heldBy(a, key!)).toBe(held);
  });

  it('goes along to a new id', async () => {
    const { a } = nodes();
    const key = await begun(a);
    const held = await heldBy(a, key);
    const unit = await a.open(key);
    await unit.regenerate();
    expect(unit.read('x')).toBe(held);
    await unit.finish();
    expect(unit.key).not.toBe(key);
    expect(await heldBy(a, unit.key!)).toBe(held);
  });

  it('is gone with its session, so that whoever uses the key again finds nothing', async () => {
    const { a, b } = nodes();
    const key = await begun(a);
    const held = await heldBy(a, key);
    await b.unit(key, (unit) => unit.end());
    expect((await a.open(key)).isNew).toBe(true);
    const again = await a.engine.open({ key, whenAbsent: 'sameKey' });
    expect(again.read('x')).not.toBe(held);
  });

  it('can be read in a read-only unit, not written', async () => {
    const { a } = nodes();
    const key = await begun(a);
    const held = await heldBy(a, key);
    const unit = await a.engine.open({ key, whenAbsent: 'newId', isReadOnly: true });
    expect(unit.read('x')).toBe(held);
    for (const write of [() => unit.set('x', 1), () => unit.delete('x'), () => unit.mutate('x')]) {
      expect(write).toThrow(ImmutableAttributeError);
    }
  });

  it('stays through reload, which gives up what would have been stored', async () => {
    const { a } = nodes();
    const key = await begun(a);
    const unit = await a.open(key);
    unit.set('x', 1);
    unit.set('other', 5);
    await unit.reload();
    expect([unit.read('x'), unit.read('other')]).toEqual([1, 1]);
  });

  it('is not reached any more after the unit has ended its session', async () => {
    const { a } = nodes();
    const unit = await a.open(await begun(a));
    await unit.end();
    expect(() => unit.read('x')).toThrow(SessionEndedError);
  });

  it('may have its default from the property, a fresh one for each session', async () => {
    let made = 0;
    class Declared {
      x = { number: ++made };
    }
    declareAttribute(Declared.prototype, 'x', { local: true }, Object);
    const node = new MemoryNode(Declared);
    const [one, two] = [await node.open(), await node.open()];
    expect(one.read('x')).toBe(one.read('x'));
    expect(one.read('x')).not.toEqual(two.read('x'));
  });
});

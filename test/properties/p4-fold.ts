import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { ForeignRecordError } from 'nest-session-sync';
import { SessionAttr } from 'nest-session-sync/standalone';
import {
  ManualClock,
  MemoryNode,
  MemorySessionLog,
  MessageReader,
  type Revision,
  type StoredMessage,
} from 'nest-session-sync/testing';
import { isIsomorphic } from '../support/isomorphism.js';
import type { Law } from './law.js';

interface Row {
  id: number;
  tags: Set<string>;
}

class Notebook {
  @SessionAttr({ mutable: true }) rows: Row[] = [];
  @SessionAttr({ mutable: true }) byName: Map<string, unknown> = new Map();
  @SessionAttr() title: string = '';
  /** So large that commits go out as deltas. */
  @SessionAttr() text: string = '';
}

const step = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(9), id: fc.nat(99) }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(9) }),
  fc.record({ kind: fc.constant('tag' as const), at: fc.nat(9), tag: fc.string({ maxLength: 2 }) }),
  fc.record({ kind: fc.constant('name' as const), name: fc.string({ maxLength: 2 }), at: fc.nat(9) }),
  fc.record({ kind: fc.constant('title' as const), title: fc.string({ maxLength: 4 }) }),
);
type Step = (typeof step extends fc.Arbitrary<infer S> ? S : never) & object;

/** What is done to the messages before they are read: numbers are taken modulo what there is. */
const tampering = fc.record({
  way: fc.constantFrom('swap' as const, 'double' as const, 'drop' as const),
  at: fc.nat(20),
  other: fc.nat(20),
});
type Tampering = typeof tampering extends fc.Arbitrary<infer T> ? T : never;

export const p4Fold: Law = {
  id: 'P4',
  promise: 'A session folds from its messages in order; one that is missing, doubled or in another place is detected',
  cases: { ci: 5_000, nightly: 100_000 },
  property: () => {
    const reader = new MessageReader(Notebook);
    const clock = new ManualClock();
    const log = new MemorySessionLog({ clock });
    const node = new MemoryNode(Notebook, { log, clock });
    return fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), tampering, async (steps, how) => {
      const { messages, expected } = await written(node, steps);
      const [first, ...deltas] = messages;
      assert(first !== undefined, 'nothing was stored');
      const values = reader.valuesOf(reader.fold([first, ...deltas]));
      for (const [name, value] of Object.entries(values)) {
        assert(isIsomorphic(value, Reflect.get(expected, name)), `${name} was folded wrongly`);
      }
      const tampered = tamperedWith(first, deltas, how);
      if (tampered !== undefined) assert.throws(() => reader.fold(tampered), ForeignRecordError);
    });
  },
};

/** The messages that a node stores of these steps, one unit each, and what the session then is. */
async function written(
  node: MemoryNode,
  steps: readonly Step[],
): Promise<{ messages: readonly StoredMessage[]; expected: Notebook }> {
  const expected = Object.assign(new Notebook(), { text: 'x'.repeat(6_000) });
  const { key } = await node.unit(undefined, (unit) => unit.set('text', expected.text));
  assert(key !== undefined, 'the session has no key');
  for (const each of steps) {
    perform(each, expected);
    await node.unit(key, (unit) => {
      const notebook = { rows: unit.mutate('rows'), byName: unit.mutate('byName'), title: '' } as Notebook;
      perform(each, notebook);
      if (each.kind === 'title') unit.set('title', notebook.title);
    });
  }
  return { messages: await node.log.readRange(key, 0 as Revision, Number.MAX_SAFE_INTEGER as Revision, 0), expected };
}

function perform(each: Step, notebook: Notebook): void {
  const { rows, byName } = notebook;
  if (each.kind === 'insert') rows.splice(each.at, 0, { id: each.id, tags: new Set() });
  else if (each.kind === 'remove') rows.splice(each.at, 1);
  else if (each.kind === 'tag') rows[each.at]?.tags.add(each.tag);
  else if (each.kind === 'name') byName.set(each.name, rows[each.at]?.id);
  else notebook.title = each.title;
}

/** The messages in a way that isn't the chain's; undefined when that can't be done with so few. */
function tamperedWith(
  first: StoredMessage,
  deltas: readonly StoredMessage[],
  { way, at, other }: Tampering,
): [StoredMessage, ...StoredMessage[]] | undefined {
  const { length } = deltas;
  const changed = [...deltas];
  if (way === 'double' && length > 0) changed.splice(at % (length + 1), 0, deltas[other % length]!);
  else if (way === 'swap' && length > 1) {
    const [a, b] = [at % length, (at + 1 + (other % (length - 1))) % length];
    [changed[a], changed[b]] = [deltas[b]!, deltas[a]!];
  } else if (way === 'drop' && length > 1) changed.splice(at % (length - 1), 1);
  else if (way === 'drop' && length === 1) return [changed[0]!];
  else return undefined;
  return [first, ...changed];
}

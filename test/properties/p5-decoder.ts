import { strict as assert } from 'node:assert';
import process from 'node:process';
import * as fc from 'fast-check';
import { AttributeDecodeError, ForeignRecordError, type SessionSyncError } from 'nest-session-sync';
import {
  applyPatch,
  compareGraphs,
  createClassCatalog,
  decode,
  decodePatch,
  encode,
  encodePatch,
  PatchMismatchError,
  takeBenchmark,
} from 'nest-session-sync/core';
import { SessionAttr } from 'nest-session-sync/standalone';
import { MessageReader, type Revision } from 'nest-session-sync/testing';
import {
  arbitraryGraph,
  arbitraryVersions,
  buildGraph,
  GRAPH_CLASSES,
  Line,
  Money,
  reachable,
} from '../support/arbitrary-graph.js';
import { damaged, nested, taggedJson, Tape } from './hostile-text.js';
import type { Law } from './law.js';

const MAX_NODES = 10_000;
const MAX_DEPTH = 500;
const HANG_MS = 50;

const options = { classes: createClassCatalog(GRAPH_CLASSES), maxNodes: MAX_NODES, maxDepth: MAX_DEPTH };

class Session {
  @SessionAttr({ mutable: true }) graph: object = {};
}

/** Good texts, to be damaged. */
interface Corpus {
  readonly values: readonly string[];
  readonly patches: readonly string[];
  /** What the patch of the same index belongs to. */
  readonly bases: readonly string[];
  readonly messages: MessageReader;
}

export const p5Decoder: Law = {
  id: 'P5',
  promise:
    'Any text, patch or message is read as a value or refused by a typed error: no crash, no hang, no class or prototype but those registered, memory in proportion',
  cases: { ci: 500_000, nightly: 10_000_000 },
  property: () => {
    const corpus = makeCorpus();
    return fc.property(fc.uint8Array({ minLength: 4, maxLength: 40 }), (bytes) => holds(new Tape(bytes), corpus));
  },
};

function makeCorpus(): Corpus {
  const sample = { numRuns: 150, seed: 1 };
  const versions = fc.sample(arbitraryVersions, sample).map(([a, b]) => [buildGraph(a), buildGraph(b)] as const);
  return {
    values: fc.sample(arbitraryGraph, sample).map((graph) => encode(graph, options)),
    bases: versions.map(([a]) => encode(a, options)),
    patches: versions.map(([a, b]) => encodePatch(compareGraphs(takeBenchmark(a, options), b, options), options)),
    messages: new MessageReader(Session),
  };
}

function holds(tape: Tape, corpus: Corpus): void {
  const reader = tape.pick([readValue, readValue, readPatch, readMessage]);
  reader(tape, corpus);
  assertPrototypesUnchanged();
}

function readValue(tape: Tape, { values }: Corpus): void {
  const text = hostile(tape, tape.pick(values), values);
  const outcome = guarded(() => decode(text, options), [AttributeDecodeError]);
  if (outcome !== undefined) assertOfModel(outcome.value, text);
}

function readPatch(tape: Tape, { patches, bases }: Corpus): void {
  const index = tape.next() % patches.length;
  const text = hostile(tape, patches[index]!, patches);
  const patch = guarded(() => decodePatch(text, options), [AttributeDecodeError])?.value;
  if (patch === undefined) return;
  const base = bases[index]!;
  const target = decode(base, options);
  const applied = guarded(() => applyPatch(target, patch, options), [PatchMismatchError]);
  // After a mismatch the target may be half changed, but still holds nothing else than it may.
  assertOfModel(applied === undefined ? target : applied.value, base + text);
}

const HEADERS: readonly (readonly [string, string])[] = [
  ['Sync', '1 snapshot 0'],
  ['Sync-Lock', '- 0'],
  ['Sync-By', `${'A'.repeat(22)} 1`],
  ['Sync-Life', '1000 zzzzzz 2000'],
  ['Sync-Chain', '0 0 0 0'],
  ['Sync-Seen', `5 ${'A'.repeat(22)}:1:1`],
  ['Sync-End', `moved ${'A'.repeat(43)} 10`],
];
const KINDS = HEADERS.map(([, value]) => value);

function readMessage(tape: Tape, { messages, values }: Corpus): void {
  const changed = tape.next() % (HEADERS.length * 2);
  const headers = HEADERS.map(([name, value], index): readonly [string, string] => [
    name,
    index === changed ? damaged(tape, value, KINDS) : value,
  ]);
  const text = hostile(tape, tape.pick(values), values);
  const body = tape.pick([`=graph ${text}`, `=other ${text}`, text, `=graph 1\n${text}`]);
  const message = { revision: 7 as Revision, storedAt: 0, headers, body };
  const read = (): object => messages.valuesOf(messages.fold([message]));
  const outcome = guarded(read, [ForeignRecordError, AttributeDecodeError]);
  assert(outcome === undefined || Object.getPrototypeOf(outcome.value) === Object.prototype, 'values of another class');
}

function hostile(tape: Tape, good: string, corpus: readonly string[]): string {
  const way = tape.next() % 16;
  if (way === 0) return new TextDecoder().decode(tape.rest());
  if (way === 1) return nested(tape);
  return way < 5 ? taggedJson(tape) : damaged(tape, good, corpus);
}

type ErrorClass = abstract new (...args: never[]) => SessionSyncError;

/** What `read` answers; undefined when it refuses with one of `allowed`. A violation when it takes too long, each time. */
function guarded<T>(read: () => T, allowed: readonly ErrorClass[]): { readonly value: T } | undefined {
  const startedAt = performance.now();
  try {
    return { value: read() };
  } catch (error) {
    assert(
      allowed.some((each) => error instanceof each),
      error as Error,
    );
    return undefined;
  } finally {
    // The machine may be busy with others: what hangs does so again, and in time of this process.
    if (performance.now() - startedAt > HANG_MS) assert(leastMs(read) < HANG_MS, `took more than ${HANG_MS} ms`);
  }
}

function leastMs(read: () => unknown): number {
  const times = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage();
    try {
      read();
    } catch {
      // How long it takes counts, also to a refusal.
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}

/** Only values of the model, classes of the catalog, and no more of them than the text accounts for. */
function assertOfModel(value: unknown, text: string): void {
  takeBenchmark(value, options);
  let slots = 0;
  let bytes = 0;
  for (const object of reachable(value)) {
    if (Array.isArray(object)) slots += object.length;
    else if (object instanceof Map || object instanceof Set) slots += object.size;
    else if (object instanceof ArrayBuffer) bytes += object.byteLength;
    else if (!ArrayBuffer.isView(object)) slots += Object.keys(object).length;
  }
  assert(slots <= MAX_NODES + text.length, `${slots} parts out of ${text.length} characters`);
  assert(bytes <= text.length, `${bytes} bytes out of ${text.length} characters`);
}

const PROTOTYPES: readonly object[] = [
  Object.prototype,
  Line.prototype,
  Money.prototype,
  Array.prototype,
  Map.prototype,
  Set.prototype,
  Function.prototype,
];
/** Those whose members are few are looked at one by one. */
const SMALL = PROTOTYPES.slice(0, 3).map(
  (prototype) => [prototype, Object.getOwnPropertyDescriptors(prototype)] as const,
);
const NUMBERS = PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).length);

function assertPrototypesUnchanged(): void {
  for (const [index, prototype] of PROTOTYPES.entries()) {
    assert.equal(Reflect.ownKeys(prototype).length, NUMBERS[index], `${prototype.constructor.name} has other members`);
  }
  for (const [prototype, before] of SMALL) {
    for (const [name, { value, set }] of Object.entries(before)) {
      const now = Object.getOwnPropertyDescriptor(prototype, name);
      assert(now?.value === value && now?.set === set, `${name} was replaced`);
    }
  }
}

import type { Benchmark } from '../graph/benchmark.js';
import type { ClassCatalog } from '../graph/class-catalog.js';
import { diffArray } from '../graph/diff-array.js';
import { diffBytes } from '../graph/diff-bytes.js';
import { diffMap, diffSet } from '../graph/diff-collections.js';
import { diffProperties } from '../graph/diff-node.js';
import { GraphCopier } from '../graph/graph-copier.js';
import type { GraphPath } from '../graph/graph-path.js';
import { isObject } from '../graph/is-object.js';
import { isSameGraph } from '../graph/is-same-graph.js';
import type { NodeDiff } from '../graph/node-diff.js';
import { ownKeys } from '../graph/own-data.js';
import { ownSlots } from '../graph/own-slots.js';
import { takeBenchmark } from '../graph/take-benchmark.js';
import { hasProperties } from '../graph/value-kind.js';
import { ObjectAt } from '../patch/object-at.js';
import type { Operation, Patch } from '../patch/operation.js';
import { viewAtOf } from '../patch/view-at.js';
import { BasePaths } from './base-paths.js';
import { Draft } from './draft.js';
import type { KnownObject, Reached } from './known-object.js';
import type { PrivateCopy } from './private-copy.js';
import { RawPart } from './raw-part.js';
import { Reach } from './reach.js';

/** What was written isn't enough to tell what the value is now. */
export class Undecided extends Error {}

export interface DraftChanges {
  readonly written: ReadonlySet<Draft>;
  readonly copies: readonly PrivateCopy[];
  readonly known: ReadonlyMap<object, KnownObject>;
  readonly classes: ClassCatalog;
  knownAt(base: object, reached: Reached): KnownObject;
  /** The object of the base that users hold as `object`. */
  behind(object: object): KnownObject | undefined;
  isTree(): boolean;
  /** Of the base. */
  benchmark(): Benchmark;
}

/**
 * The patch of what was written. It names objects as they were, so it needs nobody's place in the value but that of the
 * changed ones.
 * @throws Undecided | UnsupportedPart
 */
export function makeDraftPatch(changes: DraftChanges): Patch {
  return new DraftPatch(changes).make();
}

class DraftPatch {
  private readonly paths: BasePaths;
  private readonly replaced = new Set<KnownObject>();
  private readonly reach: Reach;
  private readonly copier: GraphCopier;

  constructor(private readonly changes: DraftChanges) {
    this.paths = new BasePaths(() => (changes.isTree() ? undefined : changes.benchmark()));
    this.reach = new Reach(changes);
    const standInOf = (object: object): ObjectAt | undefined => {
      const known = changes.behind(object);
      if (known === undefined || this.replaced.has(known)) return undefined;
      this.reach.noteInRaw(known);
      return new ObjectAt(this.paths.pathTo(known));
    };
    this.copier = new GraphCopier(changes.classes, (object) => standInOf(object) ?? viewAtOf(object, standInOf));
  }

  make(): Patch {
    const { copies, classes } = this.changes;
    for (const copy of copies) if (copy.isReplaced(classes)) this.replaced.add(copy);
    const edits: [KnownObject, Operation[]][] = [];
    for (const draft of this.draftsToDiff()) edits.push([draft, this.diff(draft)]);
    for (const copy of copies) if (copy.found.kind === 'buffer') edits.push([copy, this.diffBuffer(copy)]);
    const operations: Operation[] = [];
    for (const [known, edit] of edits) {
      if (edit.length === 0 || !this.isReached(known)) continue;
      // Not all at once: a call takes no more than some 100,000 arguments.
      for (const operation of edit) operations.push(operation);
    }
    return operations;
  }

  /** Whoever holds a replaced value has to hold the new one: known only where everything is held once. */
  private draftsToDiff(): ReadonlySet<Draft> {
    const drafts = new Set(this.changes.written);
    if (this.replaced.size === 0) return drafts;
    if (!this.changes.isTree()) throw new Undecided();
    for (const { reached } of this.replaced) {
      if (!(reached?.holder instanceof Draft)) throw new Undecided();
      drafts.add(reached.holder);
    }
    return drafts;
  }

  private isReached(known: KnownObject): boolean {
    const answer = this.reach.isReached(known);
    if (answer === undefined) throw new Undecided();
    return answer;
  }

  private diff(draft: Draft): Operation[] {
    const { base, found } = draft;
    const names = hasProperties(found.kind) ? ownKeys(base) : [];
    const [before, after] = [ownSlots(base, found, names), draft.slots()];
    if (isExchanged(before, after)) throw new Undecided();
    const diff = this.versionsOf(draft, before, after);
    if (hasProperties(found.kind)) return diffProperties(diff, names, draft.keys());
    if (found.kind === 'array') return diffArray(diff);
    return found.kind === 'map' ? diffMap(diff) : diffSet(diff);
  }

  private diffBuffer(copy: PrivateCopy): Operation[] {
    if (this.replaced.has(copy)) return [];
    const before = new Uint8Array(copy.base as ArrayBuffer);
    return diffBytes({ path: this.paths.pathTo(copy) }, before, copy.handedOut as ArrayBuffer);
  }

  private versionsOf(draft: Draft, before: readonly unknown[], after: readonly unknown[]): NodeDiff {
    const { paths } = this;
    let path: GraphPath | undefined;
    return {
      get path() {
        path ??= paths.pathTo(draft);
        return path;
      },
      before,
      after,
      isSame: (slot, part) => this.isSame(slot, part),
      recordedOf: (part) => this.replacedAt(part)?.handedOut ?? part,
      capture: (part) => this.capture(part, draft),
    };
  }

  /** @throws Undecided where something new is equal to what was there: only a search tells whether it continues that. */
  private isSame(slot: unknown, part: unknown): boolean {
    if (part instanceof RawPart && isObject(slot) && this.isEqual(slot, part.object)) throw new Undecided();
    return Object.is(slot, part) && this.replacedAt(part) === undefined;
  }

  private isEqual(base: object, object: object): boolean {
    if (Array.isArray(base) && (!Array.isArray(object) || base.length !== object.length)) return false;
    const { classes } = this.changes;
    return isSameGraph(takeBenchmark(base, { classes, isChecked: true }), object, classes);
  }

  /** The replaced value whose base a slot holds. */
  private replacedAt(slot: unknown): KnownObject | undefined {
    if (this.replaced.size === 0 || !isObject(slot)) return undefined;
    const known = this.changes.known.get(slot);
    return known !== undefined && this.replaced.has(known) ? known : undefined;
  }

  private capture(slot: unknown, holder: Draft): unknown {
    if (slot instanceof RawPart) return this.copier.copy(slot.object);
    if (!isObject(slot)) return this.copier.copy(slot);
    const known = this.changes.knownAt(slot, { holder, at: undefined });
    if (this.replaced.has(known)) return this.copier.copy(known.handedOut);
    this.reach.noteHeld(known, holder);
    return new ObjectAt(this.paths.pathTo(known));
  }
}

/** Whether an object was put in where another one was taken away: it may be the same again, which is no change. */
function isExchanged(before: readonly unknown[], after: readonly unknown[]): boolean {
  if (!after.some((part) => part instanceof RawPart)) return false;
  const kept = new Set(after);
  return before.some((part) => isObject(part) && !kept.has(part));
}

import { Drafts } from '../drafts/index.js';
import { AbandonedObjectError } from '../errors/index.js';
import {
  cloneGraph,
  compareGraphs,
  freezeGraph,
  takeBenchmark,
  type Benchmark,
  type GraphOptions,
} from '../graph/index.js';
import { isObject } from '../graph/is-object.js';
import { applyPatchToFrozen, isTree, type Patch } from '../patch/index.js';

/** One value of a tracker under its policy. */
export interface TrackedValue {
  /** How it is accessed. Written out for each policy: this is what every access costs. */
  readonly accessor: PropertyDescriptor;
  readonly isCandidate: boolean;
  /** From the benchmark to what the value is now; empty when nothing changed. @throws UnsupportedValueError */
  patch(): Patch;
  /** What the value is now becomes the benchmark. */
  commit(patch: Patch): void;
}

/** Handed out frozen: only assigning counts. */
export class AssignedValue implements TrackedValue {
  isCandidate = false;
  private current: unknown;
  private benchmark: Benchmark;

  constructor(
    value: unknown,
    private readonly options: GraphOptions,
  ) {
    this.current = this.frozenCopy(value);
    this.benchmark = takeBenchmark(this.current, { ...options, isChecked: true });
  }

  get accessor(): PropertyDescriptor {
    return {
      get: () => this.current,
      set: (value: unknown) => {
        this.current = this.frozenCopy(value);
        this.isCandidate = true;
      },
    };
  }

  patch(): Patch {
    return compareGraphs(this.benchmark, this.current, this.options);
  }

  commit(): void {
    this.benchmark = takeBenchmark(this.current, { ...this.options, isChecked: true });
    this.isCandidate = false;
  }

  private frozenCopy(value: unknown): unknown {
    return freezeGraph(cloneGraph(value, this.options), this.options);
  }
}

/** Handed out as it is: having been handed out counts, also after a commit, for whoever got it may still have it. */
export class HandedOutValue implements TrackedValue {
  isCandidate = false;
  private benchmark: Benchmark;

  constructor(
    private current: unknown,
    private readonly options: GraphOptions,
  ) {
    this.benchmark = takeBenchmark(current, options);
  }

  get accessor(): PropertyDescriptor {
    return {
      get: () => {
        this.isCandidate = true;
        return this.current;
      },
      set: (value: unknown) => {
        this.isCandidate = true;
        this.current = value;
      },
    };
  }

  patch(): Patch {
    return compareGraphs(this.benchmark, this.current, this.options);
  }

  commit(): void {
    this.benchmark = takeBenchmark(this.current, this.options);
    this.isCandidate = isObject(this.current);
  }
}

/** Handed out as proxies: what is really written through them counts. */
export class ProxiedValue implements TrackedValue {
  private drafts: Drafts;
  private current: unknown;

  constructor(
    value: unknown,
    private readonly name: string,
    private readonly options: GraphOptions,
    private base: unknown = freezeGraph(cloneGraph(value, options), options),
  ) {
    this.drafts = this.open();
    this.current = this.drafts.root;
  }

  get accessor(): PropertyDescriptor {
    return {
      get: () => this.current,
      set: (value: unknown) => {
        this.current = value;
      },
    };
  }

  get isCandidate(): boolean {
    return this.isReplaced || this.drafts.isWritten || this.patch().length > 0;
  }

  patch(): Patch {
    const patch = this.isReplaced ? undefined : this.drafts.patch();
    return (
      patch ?? compareGraphs(takeBenchmark(this.base, { ...this.options, isChecked: true }), this.current, this.options)
    );
  }

  /** What was handed out is given up: it stands for what the value was. */
  commit(patch: Patch): void {
    if (patch.length === 0 && !this.isReplaced) return;
    this.base = applyPatchToFrozen(this.base, patch, this.options);
    this.drafts = this.open();
    this.current = this.drafts.root;
  }

  private get isReplaced(): boolean {
    return this.current !== this.drafts.root;
  }

  private open(): Drafts {
    const { base, options, name } = this;
    const assertWritable = (): void => {
      if (this.base !== base) throw new AbandonedObjectError(name);
    };
    return new Drafts(base, { ...options, isTree: () => isTree(base), assertWritable });
  }
}

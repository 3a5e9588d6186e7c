import { formatPath, type GraphPath, type PathStep } from '../graph/graph-path.js';
import { mapSlots, setSlots } from '../graph/own-slots.js';
import { PatchMismatchError } from '../errors/index.js';
import { isObject } from '../graph/is-object.js';

const MISSING = Symbol('missing');

/** Finds objects of a graph by path: own properties only, nothing of a prototype, no getter. */
export class PathResolver {
  /** Positions in Maps and Sets, listed once for all paths of a stage. */
  private readonly listed = new Map<object, unknown[]>();

  constructor(private readonly root: unknown) {}

  /**
   * The object at `path`; `pass` gets those on the way to it, the root first, and the step on from each.
   * @throws PatchMismatchError when there is none
   */
  objectAt(path: GraphPath, pass?: (object: object, step: PathStep) => void): object {
    let at: unknown = this.root;
    for (const [index, step] of path.entries()) {
      if (isObject(at)) {
        pass?.(at, step);
        at = this.stepInto(at, step);
      } else at = MISSING;
      if (at === MISSING) this.refuse(path.slice(0, index + 1), 'there is nothing');
    }
    if (!isObject(at)) return this.refuse(path, 'a primitive has no parts');
    return at;
  }

  /** What is at `path`, whose object must exist; undefined when there is nothing. @throws PatchMismatchError */
  partAt(path: GraphPath): unknown {
    const last = path.at(-1);
    const part = last === undefined ? this.root : this.stepInto(this.objectAt(path.slice(0, -1)), last);
    return part === MISSING ? undefined : part;
  }

  /** The n-th key of a Map. @throws PatchMismatchError when there is none */
  keyAt(object: object, position: number): unknown {
    const key = object instanceof Map ? at(this.list(object), position * 2) : MISSING;
    return key === MISSING ? this.refuse([{ keyAt: position }], 'there is nothing') : key;
  }

  private refuse(path: GraphPath, reason: string): never {
    throw new PatchMismatchError(formatPath('value', path), reason);
  }

  private stepInto(object: object, step: PathStep): unknown {
    if (typeof step === 'number') return Array.isArray(object) ? ownData(object, step) : MISSING;
    if (typeof step === 'string') return isKeyed(object) ? ownData(object, step) : MISSING;
    if ('buffer' in step) return ArrayBuffer.isView(object) ? object.buffer : MISSING;
    if (object instanceof Map) return this.stepIntoMap(object, step);
    if (object instanceof Set && 'valueAt' in step) return at(this.list(object), step.valueAt);
    return MISSING;
  }

  private stepIntoMap(map: ReadonlyMap<unknown, unknown>, step: Exclude<PathStep, string | number>): unknown {
    if ('key' in step) return Map.prototype.has.call(map, step.key) ? Map.prototype.get.call(map, step.key) : MISSING;
    if ('keyAt' in step) return at(this.list(map), step.keyAt * 2);
    return 'valueAt' in step ? at(this.list(map), step.valueAt * 2 + 1) : MISSING;
  }

  private list(object: ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>): unknown[] {
    let slots = this.listed.get(object);
    if (slots === undefined) {
      slots = object instanceof Map ? mapSlots(object) : setSlots(object);
      this.listed.set(object, slots);
    }
    return slots;
  }
}

/** Whether string steps lead into `object`: it is its properties, not its elements or an inner state. */
export function isKeyed(object: object): boolean {
  return !(
    Array.isArray(object) ||
    object instanceof Map ||
    object instanceof Set ||
    object instanceof Date ||
    object instanceof RegExp ||
    object instanceof ArrayBuffer ||
    ArrayBuffer.isView(object)
  );
}

function ownData(object: object, key: string | number): unknown {
  const property = Object.getOwnPropertyDescriptor(object, key);
  return property !== undefined && 'value' in property ? property.value : MISSING;
}

function at(slots: readonly unknown[], index: number): unknown {
  return index >= 0 && index < slots.length ? slots[index] : MISSING;
}

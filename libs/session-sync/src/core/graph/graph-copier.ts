import { type BinaryView, viewClassNamed } from './binary-value.js';
import type { ClassCatalog } from './class-catalog.js';
import { isObject } from './is-object.js';
import { defineOwn, HOLE, ownElements, ownKeys, ownStorableValue } from './own-data.js';
import { ownSlots } from './own-slots.js';
import { UnsupportedPart, whyUnsupported } from './unsupported-part.js';
import { makeUrl } from './url-value.js';
import { classify, type ValueClass } from './value-kind.js';

/** What stands in for an object instead of a copy of it; undefined = copy it. */
export type Substitute = (object: object) => unknown;

interface Unfilled {
  readonly source: object;
  readonly copy: object;
  readonly found: ValueClass;
}

/** Copies graphs; what is reached twice, also in later calls, is copied once. Deep graphs need no stack. */
export class GraphCopier {
  private readonly copies = new Map<object, unknown>();
  private readonly unfilled: Unfilled[] = [];

  constructor(
    private readonly classes: ClassCatalog,
    private readonly substitute?: Substitute,
  ) {}

  /** @throws UnsupportedPart */
  copy(value: unknown): unknown {
    const copy = this.copyOf(value);
    for (let next = this.unfilled.pop(); next !== undefined; next = this.unfilled.pop()) this.fill(next);
    return copy;
  }

  /** A copy whose content may still have to be filled in. */
  private copyOf(value: unknown): unknown {
    if (!isObject(value)) {
      const reason = whyUnsupported(value);
      if (reason !== undefined) throw new UnsupportedPart(undefined, reason);
      return value;
    }
    const known = this.copies.get(value);
    if (known !== undefined) return known;
    const copy = this.substitute?.(value) ?? this.begin(value);
    this.copies.set(value, copy);
    return copy;
  }

  private begin(source: object): object {
    const found = classify(source, this.classes);
    const copy = this.emptyLike(source, found);
    if (copy === undefined) return this.copySingle(source, found);
    this.unfilled.push({ source, copy, found });
    return copy;
  }

  private emptyLike(source: object, { kind }: ValueClass): object | undefined {
    if (kind === 'object') return {};
    if (kind === 'array') return [];
    if (kind === 'map') return new Map();
    if (kind === 'set') return new Set();
    if (kind === 'nullObject' || kind === 'instance')
      return Object.create(Object.getPrototypeOf(source) as object | null) as object;
    return undefined;
  }

  private copySingle(source: object, found: ValueClass): object {
    const { kind, entry } = found;
    if (kind === 'buffer') return (source as ArrayBuffer).slice(0);
    if (kind === 'view') return this.copyView(source as BinaryView, found);
    if (kind === 'converted' && entry?.toPlain !== undefined && entry.fromPlain !== undefined) {
      return entry.fromPlain(new GraphCopier(this.classes).copy(entry.toPlain(source)));
    }
    return makeSingle(found, ownSlots(source, found));
  }

  private copyView(source: BinaryView, found: ValueClass): object {
    const [, name, offset, length] = ownSlots(source, found);
    const copy = viewClassNamed(String(name));
    if (copy === undefined) throw new UnsupportedPart(source, `the class ${String(name)} can't be stored`);
    const buffer = this.copyOf(source.buffer);
    // Whoever lets something stand for a buffer has to do so for the views onto it, too.
    if (!(buffer instanceof ArrayBuffer)) throw new RangeError('A view onto what only stands for its bytes');
    return copy.make(buffer, Number(offset), Number(length));
  }

  private fill({ source, copy, found }: Unfilled): void {
    const { kind } = found;
    if (kind === 'array') this.fillArray(source as unknown[], copy as unknown[]);
    else if (kind === 'map') this.fillMap(ownSlots(source, found), copy as Map<unknown, unknown>);
    else if (kind === 'set') {
      for (const element of ownSlots(source, found)) (copy as Set<unknown>).add(this.copyOf(element));
    } else {
      for (const key of ownKeys(source)) defineOwn(copy, key, this.copyOf(ownStorableValue(source, key)));
    }
  }

  private fillArray(source: readonly unknown[], copy: unknown[]): void {
    // Length is set first only where an element is missing: a preset length makes a slow array.
    for (const element of ownElements(source)) {
      if (element === HOLE) copy.length++;
      else copy.push(this.copyOf(element));
    }
  }

  private fillMap(slots: readonly unknown[], copy: Map<unknown, unknown>): void {
    for (let index = 0; index < slots.length; index += 2) {
      copy.set(this.copyOf(slots[index]), this.copyOf(slots[index + 1]));
    }
  }
}

/** A Date, URL or RegExp of this state (see `ownSlots`). */
export function makeSingle({ kind }: ValueClass, state: readonly unknown[]): object {
  if (kind === 'date') return new Date(Number(state[0]));
  if (kind === 'url') return makeUrl(String(state[0]));
  const regexp = new RegExp(String(state[0]), String(state[1]));
  regexp.lastIndex = Number(state[2]);
  return regexp;
}

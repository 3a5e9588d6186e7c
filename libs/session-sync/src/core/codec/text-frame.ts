import { isObject } from '../graph/is-object.js';
import { HOLE } from '../graph/own-data.js';
import { keyText, primitiveText, TAG } from './tags.js';

/** An object whose parts are being written. */
export interface TextFrame {
  /** Text of all parts up to the next object, commas and names included. */
  writePrimitives(): string;
  /** The object that comes next; undefined when all parts are written. */
  nextObject(): object | undefined;
  /** What closes the object. */
  readonly close: string;
}

export class PropertiesText implements TextFrame {
  private at = 0;
  private readonly order: readonly number[] | undefined;

  constructor(
    private readonly keys: readonly string[],
    private readonly slots: readonly unknown[],
    isSorted: boolean,
    readonly close: string,
  ) {
    if (isSorted) this.order = [...keys.keys()].sort((a, b) => compareNames(keys[a] ?? '', keys[b] ?? ''));
  }

  writePrimitives(): string {
    let text = '';
    while (this.at < this.keys.length) {
      const index = this.index;
      if (this.at > 0) text += ',';
      text += keyText(this.keys[index] ?? '');
      const slot = this.slots[index];
      if (isObject(slot)) return text;
      text += primitiveText(slot);
      this.at++;
    }
    return text;
  }

  nextObject(): object | undefined {
    const slot = this.at < this.keys.length ? this.slots[this.index] : undefined;
    this.at++;
    return isObject(slot) ? slot : undefined;
  }

  private get index(): number {
    return this.order?.[this.at] ?? this.at;
  }
}

/**
 * Array indexes first and by number, then by UTF-16 code units. An object keeps its indexes first whatever was written,
 * so in any other order a reader would meet references before what they refer to.
 */
function compareNames(a: string, b: string): number {
  const [x, y] = [indexOf(a), indexOf(b)];
  if (x !== y) return x - y;
  return a < b ? -1 : 1;
}

/** A name as an array index; a number past all of them for any other name. */
function indexOf(name: string): number {
  const index = Number(name) >>> 0;
  return String(index) === name ? index : 0xff_ff_ff_ff;
}

/** Elements of an array or Set; missing ones become a count. */
export class ElementsText implements TextFrame {
  private at = 0;

  constructor(
    private readonly slots: readonly unknown[],
    readonly close: string,
    private readonly countHoles: (holes: number) => void,
  ) {}

  writePrimitives(): string {
    let text = '';
    while (this.at < this.slots.length) {
      if (this.at > 0) text += ',';
      const slot = this.slots[this.at];
      if (isObject(slot)) return text;
      text += slot === HOLE ? this.holes() : primitiveText(slot);
      this.at++;
    }
    return text;
  }

  nextObject(): object | undefined {
    const slot = this.slots[this.at++];
    return isObject(slot) ? slot : undefined;
  }

  private holes(): string {
    const first = this.at;
    while (this.slots[this.at + 1] === HOLE) this.at++;
    const holes = this.at - first + 1;
    this.countHoles(holes);
    return `{"${TAG.holes}":${holes}}`;
  }
}

/** Entries of a Map, whose slots are keys and values in turn. */
export class EntriesText implements TextFrame {
  private at = 0;

  constructor(
    private readonly slots: readonly unknown[],
    private readonly end: string,
  ) {}

  get close(): string {
    return this.slots.length > 0 ? `]${this.end}` : this.end;
  }

  writePrimitives(): string {
    let text = '';
    while (this.at < this.slots.length) {
      text += this.at % 2 === 1 ? ',' : this.at > 0 ? '],[' : '[';
      const slot = this.slots[this.at];
      if (isObject(slot)) return text;
      text += primitiveText(slot);
      this.at++;
    }
    return text;
  }

  nextObject(): object | undefined {
    const slot = this.slots[this.at++];
    return isObject(slot) ? slot : undefined;
  }
}

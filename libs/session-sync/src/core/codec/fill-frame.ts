import { isObject } from '../graph/is-object.js';
import { defineOwn, MAX_HOLES } from '../graph/own-data.js';
import { readPosition } from './read-path.js';
import { refuse } from './read-error.js';
import { TAG } from './tags.js';

/** What a frame needs of its reader. */
export interface FrameReader {
  /** The value of a piece of parsed JSON; an object may be filled in later. */
  valueOf(json: unknown): unknown;
  /** Counts missing elements, which take room although the text has none for them. */
  countHoles(holes: number): void;
}

/** An object whose content is being read: one part a call, so that its parts are read in the order of the text. */
export interface Frame {
  /** Reads the next part; false when there was none left. */
  readNext(reader: FrameReader): boolean;
}

/** Fills the properties of `json` into `target`, which may be `json` itself when no name needs unescaping. */
export class PropertiesFrame implements Frame {
  private at = 0;

  constructor(
    private readonly target: object,
    private readonly json: Readonly<Record<string, unknown>>,
    private readonly keys: readonly string[],
  ) {}

  readNext(reader: FrameReader): boolean {
    const key = this.keys[this.at++];
    if (key === undefined) return false;
    const part = this.json[key];
    const value = reader.valueOf(part);
    if (this.target !== this.json) defineOwn(this.target, key.startsWith('$') ? key.slice(1) : key, value);
    else if (value !== part) defineOwn(this.target, key, value);
    return true;
  }
}

/** Appends the elements of `json` to `target`, or replaces them in place when that is `json` itself. */
export class ElementsFrame implements Frame {
  private at = 0;

  constructor(
    private readonly target: unknown[],
    private readonly json: readonly unknown[],
  ) {}

  readNext(reader: FrameReader): boolean {
    if (this.at >= this.json.length) return false;
    const part = this.json[this.at++];
    const holes = holesOf(part);
    if (holes > 0) {
      reader.countHoles(holes);
      this.target.length += holes;
    } else if (this.target === this.json) this.target[this.at - 1] = reader.valueOf(part);
    else this.target.push(reader.valueOf(part));
    return true;
  }
}

/** How many missing elements `json` stands for; 0 for any other value. */
export function holesOf(json: unknown): number {
  if (!isObject(json) || !Object.hasOwn(json, TAG.holes)) return 0;
  const holes = readPosition((json as Readonly<Record<string, unknown>>)[TAG.holes]);
  return holes > 0 && holes <= MAX_HOLES && Object.keys(json).length === 1 ? holes : refuse('a wrong number of holes');
}

export class EntriesFrame implements Frame {
  private at = 0;
  private key: unknown;

  constructor(
    private readonly target: Map<unknown, unknown>,
    private readonly json: readonly unknown[],
  ) {}

  readNext(reader: FrameReader): boolean {
    if (this.at >= this.json.length * 2) return false;
    const entry = this.json[this.at >> 1];
    if (!Array.isArray(entry) || entry.length !== 2) return refuse('an entry of a Map is [key, value]');
    if (this.at++ % 2 === 0) this.key = reader.valueOf(entry[0]);
    else if (this.target.has(this.key)) refuse('a Map with the same key twice');
    else this.target.set(this.key, reader.valueOf(entry[1]));
    return true;
  }
}

export class MembersFrame implements Frame {
  private at = 0;

  constructor(
    private readonly target: Set<unknown>,
    private readonly json: readonly unknown[],
  ) {}

  readNext(reader: FrameReader): boolean {
    if (this.at >= this.json.length) return false;
    this.target.add(reader.valueOf(this.json[this.at++]));
    return this.target.size === this.at || refuse('a Set with the same element twice');
  }
}

import { type BinaryView, viewClassNamed } from '../graph/binary-value.js';
import type { CatalogClass, ClassCatalog } from '../graph/class-catalog.js';
import { defineOwn, MAX_HOLES } from '../graph/own-data.js';
import { ObjectAt } from '../patch/object-at.js';
import { ViewAt } from '../patch/view-at.js';
import {
  ElementsFrame,
  EntriesFrame,
  type Frame,
  type FrameReader,
  holesOf,
  MembersFrame,
  PropertiesFrame,
} from './fill-frame.js';
import { quote, refuse } from './read-error.js';
import { readPath, readPosition } from './read-path.js';
import { SINGLE_READERS } from './read-single.js';
import { TAG } from './tags.js';

export interface ReadLimits {
  readonly maxDepth: number;
  readonly maxNodes: number;
}

export interface ReadOptions extends ReadLimits {
  readonly classes: ClassCatalog;
  /** Whether `$at` may occur: in patches only. */
  readonly isPatch: boolean;
}

/** Plain images may hold converted instances in turn; text that nests them deeper is hostile. */
const MAX_NESTED_IMAGES = 100;

type Json = Readonly<Record<string, unknown>>;

/** Turns parsed JSON into the value it stands for, reusing its objects. Nothing of `json` may be used afterwards. */
export class TextReader implements FrameReader {
  private readonly defined: object[] = [];
  private readonly frames: Frame[] = [];
  private nodes = 0;
  private holes = 0;

  constructor(
    private readonly options: ReadOptions,
    private readonly imageDepth = 0,
  ) {
    if (imageDepth > MAX_NESTED_IMAGES) refuse(`more than ${MAX_NESTED_IMAGES} converted instances inside each other`);
  }

  read(json: unknown): unknown {
    const value = this.valueOf(json);
    for (let frame = this.frames.at(-1); frame !== undefined; frame = this.frames.at(-1)) {
      // A part that is itself an object puts its frame on top: it is read before the next part.
      if (!frame.readNext(this)) this.frames.pop();
    }
    return value;
  }

  countHoles(holes: number): void {
    this.holes += holes;
    if (this.holes > MAX_HOLES) refuse(`more than ${MAX_HOLES} missing elements`);
    this.count(holes);
  }

  private count(values: number): void {
    this.nodes += values;
    if (this.nodes > this.options.maxNodes) refuse(`more than ${this.options.maxNodes} values`);
  }

  valueOf(json: unknown): unknown {
    this.count(1);
    if (typeof json !== 'object' || json === null) return json;
    if (Array.isArray(json)) return this.begin(json.some((part) => holesOf(part) > 0) ? [] : json, json);
    const object = json as Json;
    const keys = Object.keys(object);
    const tag = keys[0];
    if (tag !== undefined && isTag(tag)) {
      return keys.length === 1 ? this.tagged(tag, object[tag]) : refuse(`a key besides the tag ${quote(tag)}`);
    }
    if (keys.some(isTag)) return refuse('a tag after other keys');
    const target = keys.some((key) => key.startsWith('$')) ? {} : object;
    return this.push(target, new PropertiesFrame(target, object, keys));
  }

  private tagged(tag: string, content: unknown): unknown {
    const single = SINGLE_READERS.get(tag);
    if (single !== undefined) return single(content);
    if (tag === TAG.define) return this.define(content);
    if (tag === TAG.reference) return this.defined[readPosition(content) - 1] ?? refuse('a reference to nothing');
    if (tag === TAG.nullObject) return this.properties(Object.create(null) as object, content);
    if (tag === TAG.instance || tag === TAG.converted) return this.instance(tag, content);
    if (tag === TAG.view) return this.view(content);
    if (tag === TAG.objectAt && this.options.isPatch) return new ObjectAt(readPath(this.separately(content)));
    if (!Array.isArray(content)) return refuse(`unknown or wrong tag ${quote(tag)}`);
    if (tag === TAG.map) {
      const map = new Map<unknown, unknown>();
      return this.push(map, new EntriesFrame(map, content));
    }
    if (tag !== TAG.set) return refuse(`unknown or wrong tag ${quote(tag)}`);
    const set = new Set<unknown>();
    return this.push(set, new MembersFrame(set, content));
  }

  private begin(target: unknown[], json: readonly unknown[]): unknown[] {
    return this.push(target, new ElementsFrame(target, json));
  }

  private push<T extends object>(target: T, frame: Frame): T {
    if (this.frames.push(frame) > this.options.maxDepth) refuse(`nested deeper than ${this.options.maxDepth} levels`);
    return target;
  }

  private properties(target: object, json: unknown): object {
    if (!isObject(json)) return refuse('properties are an object');
    const keys = Object.keys(json);
    if (keys.some(isTag)) return refuse('a tag among properties');
    return this.push(target, new PropertiesFrame(target, json, keys));
  }

  /** The object is known by its number before its content is read: it may refer to itself. */
  private define(content: unknown): object {
    if (!Array.isArray(content) || content.length !== 2) return refuse('a definition is [number, value]');
    const [id, json] = content as readonly unknown[];
    if (id !== this.defined.length + 1) return refuse('definitions are numbered in order');
    if (isObject(json) && (Object.hasOwn(json, TAG.define) || Object.hasOwn(json, TAG.reference))) {
      return refuse('a definition of a definition');
    }
    // Reserved first: a view defines its buffer while it is read itself.
    this.defined.push(this.defined);
    const value = this.valueOf(json);
    if (typeof value !== 'object' || value === null) return refuse('a definition of a primitive');
    this.defined[id - 1] = value;
    return value;
  }

  private view(content: unknown): object {
    if (!Array.isArray(content) || content.length !== 4) return refuse('a view is [class, buffer, offset, length]');
    const [name, json, offset, length] = content as readonly unknown[];
    const entry = typeof name === 'string' ? viewClassNamed(name) : undefined;
    if (entry === undefined) return refuse(`${quote(name)} is no class of views`);
    const buffer = isObject(json) && !Object.hasOwn(json, TAG.view) ? this.valueOf(json) : undefined;
    if (buffer instanceof ObjectAt) {
      return new ViewAt(buffer, entry.name, readPosition(offset), readPosition(length));
    }
    if (!(buffer instanceof ArrayBuffer)) return refuse('a view of something else than bytes');
    return makeView(() => entry.make(buffer, readPosition(offset), readPosition(length)));
  }

  private instance(tag: string, content: unknown): object {
    if (!Array.isArray(content) || content.length !== 2) return refuse('an instance is [class, content]');
    const [name, json] = content as readonly unknown[];
    const entry = typeof name === 'string' ? this.options.classes.byName(name, tag === TAG.converted) : undefined;
    if (entry === undefined) return refuse(`its class ${quote(name)} isn't registered`);
    if (tag === TAG.instance && entry.fromPlain === undefined) {
      return this.properties(Object.create(entry.prototype) as object, json);
    }
    return instanceOf(entry, this.separately(json));
  }

  /** Read to its end, with numbers of its own. */
  private separately(json: unknown): unknown {
    const reader = new TextReader({ ...this.options, isPatch: false }, this.imageDepth + 1);
    const value = reader.read(json);
    this.countHoles(reader.holes);
    this.count(reader.nodes - reader.holes);
    return value;
  }
}

/** Also of a class that became converted, or stopped to be, since the text was written. */
function instanceOf(entry: CatalogClass, plain: unknown): object {
  if (entry.fromPlain !== undefined) {
    try {
      return entry.fromPlain(plain);
    } catch (error) {
      return refuse(`class ${quote(entry.name)} refused its plain image`, error);
    }
  }
  if (!isObject(plain)) return refuse(`class ${quote(entry.name)} is no longer converted, and its image is no object`);
  const instance = Object.create(entry.prototype) as object;
  for (const key of Object.keys(plain)) defineOwn(instance, key, plain[key]);
  return instance;
}

function makeView(make: () => BinaryView): BinaryView {
  try {
    return make();
  } catch (error) {
    return refuse('a view outside of its bytes', error);
  }
}

function isObject(json: unknown): json is Json {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function isTag(key: string): boolean {
  return key.charCodeAt(0) === 36 && key.charCodeAt(1) !== 36;
}

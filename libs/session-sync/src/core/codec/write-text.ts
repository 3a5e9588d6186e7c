import type { ClassCatalog } from '../graph/class-catalog.js';
import { isObject } from '../graph/is-object.js';
import { MAX_HOLES } from '../graph/own-data.js';
import { surveyGraph, type Survey, type Surveyed, type SurveyRules } from '../graph/survey-graph.js';
import { UnsupportedPart } from '../graph/unsupported-part.js';
import { hasProperties } from '../graph/value-kind.js';
import { ObjectAt } from '../patch/object-at.js';
import { plainPath } from '../patch/patch-rows.js';
import { surveyPatchPart } from '../patch/view-at.js';
import { toBase64 } from './base64.js';
import { primitiveText, TAG } from './tags.js';
import { ElementsText, EntriesText, PropertiesText, type TextFrame } from './text-frame.js';

export interface WriteOptions {
  readonly classes: ClassCatalog;
  /** Whether properties are written in the order of their names, so that equal values have equal texts. */
  readonly isSorted: boolean;
}

const RULES: SurveyRules = { isLeftOut: (object) => object instanceof ObjectAt, surveyPart: surveyPatchPart };

/** The text of any graph, however deep. @throws UnsupportedPart */
export function writeText(value: unknown, options: WriteOptions): string {
  return new TextWriter(surveyGraph(value, options.classes, RULES), options).write(value);
}

class TextWriter {
  private readonly ids = new Map<object, number>();
  private readonly frames: TextFrame[] = [];
  private holes = 0;

  constructor(
    private readonly survey: Survey,
    private readonly options: WriteOptions,
  ) {}

  write(value: unknown): string {
    let text = isObject(value) ? this.begin(value) : primitiveText(value);
    for (let frame = this.frames.at(-1); frame !== undefined; frame = this.frames.at(-1)) {
      text += frame.writePrimitives();
      const object = frame.nextObject();
      if (object !== undefined) text += this.begin(object);
      else {
        text += frame.close;
        this.frames.pop();
      }
    }
    return text;
  }

  /** The text of an object, or how it begins: then the frame on top has the rest. */
  private begin(object: object): string {
    if (object instanceof ObjectAt) return `{"${TAG.objectAt}":${writeText(plainPath(object), this.options)}}`;
    if (!this.survey.shared.has(object)) return this.beginObject(object, '');
    const id = this.ids.get(object);
    if (id !== undefined) return `{"${TAG.reference}":${id}}`;
    this.ids.set(object, this.ids.size + 1);
    return `{"${TAG.define}":[${this.ids.size},${this.beginObject(object, ']}')}`;
  }

  /** `after` closes what is around the object. */
  private beginObject(object: object, after: string): string {
    const surveyed = this.survey.objects.get(object);
    if (surveyed === undefined) throw new RangeError('The object was not surveyed');
    const { found, slots } = surveyed;
    if (hasProperties(found.kind)) return this.beginProperties(surveyed, after);
    if (found.kind === 'array') return this.push('[', new ElementsText(slots, `]${after}`, this.countHoles));
    if (found.kind === 'set')
      return this.push(`{"${TAG.set}":[`, new ElementsText(slots, `]}${after}`, this.countHoles));
    if (found.kind === 'map') return this.push(`{"${TAG.map}":[`, new EntriesText(slots, `]}${after}`));
    if (found.kind !== 'view') return this.singleText(object, surveyed) + after;
    const [buffer, name, offset, length] = slots;
    return this.push(
      `{"${TAG.view}":["${String(name)}",`,
      new ElementsText([buffer, offset, length], `]}${after}`, this.countHoles),
    );
  }

  private beginProperties({ found, keys, slots }: Surveyed, after: string): string {
    const { kind, entry } = found;
    const frame = (close: string): TextFrame => new PropertiesText(keys, slots, this.options.isSorted, close + after);
    if (kind === 'object') return this.push('{', frame('}'));
    if (kind === 'nullObject') return this.push(`{"${TAG.nullObject}":{`, frame('}}'));
    return this.push(`{"${TAG.instance}":[${JSON.stringify(entry?.name)},{`, frame('}]}'));
  }

  private readonly countHoles = (holes: number): void => {
    this.holes += holes;
    if (this.holes > MAX_HOLES) {
      throw new UnsupportedPart(undefined, `more than ${MAX_HOLES} missing elements in all: use Maps`);
    }
  };

  private push(open: string, frame: TextFrame): string {
    this.frames.push(frame);
    return open;
  }

  private singleText(object: object, { found, slots }: Surveyed): string {
    const { kind, entry } = found;
    if (kind === 'buffer') return `{"${TAG.buffer}":"${toBase64(new Uint8Array(object as ArrayBuffer))}"}`;
    if (kind === 'url') return `{"${TAG.url}":${JSON.stringify(slots[0])}}`;
    if (kind === 'regexp') return `{"${TAG.regexp}":${JSON.stringify(slots)}}`;
    if (kind === 'converted') {
      return `{"${TAG.converted}":[${JSON.stringify(entry?.name)},${writeText(entry?.toPlain?.(object), this.options)}]}`;
    }
    const time = Number(slots[0]);
    return `{"${TAG.date}":${Number.isNaN(time) ? 'null' : JSON.stringify(new Date(time).toISOString())}}`;
  }
}

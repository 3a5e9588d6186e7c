import type { ClassCatalog } from '../graph/class-catalog.js';
import { HOLE } from '../graph/own-data.js';
import { hasProperties } from '../graph/value-kind.js';
import { ObjectAt } from '../patch/object-at.js';
import { plainPath } from '../patch/patch-rows.js';
import { toBase64 } from './base64.js';
import { surveyGraph, type Survey, type Surveyed } from '../graph/survey-graph.js';
import { keyText, primitiveText, TAG } from './tags.js';

/** What is still to be written: ready text, or a value. */
type Pending = string | { readonly value: unknown };

export interface WriteOptions {
  readonly classes: ClassCatalog;
  /** Whether properties are written in the order of their names, so that equal values have equal texts. */
  readonly isSorted: boolean;
}

/** The text of any graph, however deep. @throws UnsupportedPart */
export function writeText(value: unknown, options: WriteOptions): string {
  return new TextWriter(surveyGraph(value, options.classes, isObjectAt), options).write(value);
}

class TextWriter {
  private readonly ids = new Map<object, number>();
  /** Last in, first out: the parts of an object are pushed in reverse. */
  private readonly pending: Pending[] = [];
  private text = '';

  constructor(
    private readonly survey: Survey,
    private readonly options: WriteOptions,
  ) {}

  write(value: unknown): string {
    this.pending.push({ value });
    for (let next = this.pending.pop(); next !== undefined; next = this.pending.pop()) {
      if (typeof next === 'string') this.text += next;
      else this.writeValue(next.value);
    }
    return this.text;
  }

  private writeValue(value: unknown): void {
    if (typeof value !== 'object' || value === null) this.text += primitiveText(value);
    else if (value instanceof ObjectAt) this.writeParts([`{"${TAG.objectAt}":`, { value: plainPath(value) }, '}']);
    else if (this.survey.shared.has(value)) this.writeShared(value);
    else this.writeObject(value);
  }

  private writeShared(object: object): void {
    const id = this.ids.get(object);
    if (id !== undefined) {
      this.text += `{"${TAG.reference}":${id}}`;
      return;
    }
    this.ids.set(object, this.ids.size + 1);
    this.text += `{"${TAG.define}":[${this.ids.size},`;
    this.pending.push(']}');
    this.writeObject(object);
  }

  private writeObject(object: object): void {
    const surveyed = this.survey.objects.get(object);
    if (surveyed === undefined) {
      // The path of an ObjectAt: made while writing, so the survey hasn't seen it.
      this.text += writeText(object, this.options);
      return;
    }
    const { found, slots } = surveyed;
    if (hasProperties(found.kind)) this.writeProperties(surveyed);
    else if (found.kind === 'array') this.writeElements('[', slots, ']');
    else if (found.kind === 'set') this.writeElements(`{"${TAG.set}":[`, slots, ']}');
    else if (found.kind === 'map') this.writeEntries(slots);
    else if (found.kind === 'view') this.writeView(slots);
    else this.text += this.singleText(object, surveyed);
  }

  private writeProperties({ found, keys, slots }: Surveyed): void {
    const { kind, entry } = found;
    const open =
      kind === 'object'
        ? '{'
        : kind === 'nullObject'
          ? `{"${TAG.nullObject}":{`
          : `{"${TAG.instance}":[${JSON.stringify(entry?.name)},{`;
    const parts: Pending[] = [open];
    const order = [...keys.keys()];
    if (this.options.isSorted) order.sort((a, b) => ((keys[a] ?? '') < (keys[b] ?? '') ? -1 : 1));
    for (const index of order) {
      parts.push((parts.length > 1 ? ',' : '') + keyText(keys[index] ?? ''), { value: slots[index] });
    }
    parts.push(kind === 'object' ? '}' : kind === 'nullObject' ? '}}' : '}]}');
    this.writeParts(parts);
  }

  private writeElements(open: string, slots: readonly unknown[], close: string): void {
    const parts: Pending[] = [open];
    for (let index = 0; index < slots.length; index++) {
      if (index > 0) parts.push(',');
      let holes = 0;
      while (slots[index + holes] === HOLE) holes++;
      parts.push(holes > 0 ? `{"${TAG.holes}":${holes}}` : { value: slots[index] });
      index += Math.max(holes - 1, 0);
    }
    parts.push(close);
    this.writeParts(parts);
  }

  private writeEntries(slots: readonly unknown[]): void {
    const parts: Pending[] = [`{"${TAG.map}":[`];
    for (let index = 0; index < slots.length; index += 2) {
      parts.push(index > 0 ? ',[' : '[', { value: slots[index] }, ',', { value: slots[index + 1] }, ']');
    }
    parts.push(']}');
    this.writeParts(parts);
  }

  private writeView([buffer, name, offset, length]: readonly unknown[]): void {
    this.writeParts([
      `{"${TAG.view}":[${JSON.stringify(name)},`,
      { value: buffer },
      `,${String(offset)},${String(length)}]}`,
    ]);
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

  private writeParts(parts: readonly Pending[]): void {
    for (let index = parts.length - 1; index >= 0; index--) {
      const part = parts[index];
      if (part !== undefined) this.pending.push(part);
    }
  }
}

function isObjectAt(object: object): boolean {
  return object instanceof ObjectAt;
}

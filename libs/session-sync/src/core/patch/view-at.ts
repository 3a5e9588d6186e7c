import { viewClassNamed, viewClassOf, viewLength, type BinaryView } from '../graph/binary-value.js';
import type { ClassCatalog } from '../graph/class-catalog.js';
import { surveyObject, type Surveyed } from '../graph/survey-graph.js';
import type { ObjectAt } from './object-at.js';

/**
 * In the value of an operation: a new typed array or DataView onto an ArrayBuffer that was there before the patch.
 *
 * @example
 * const image: { pixels: Uint8Array; head?: Uint8Array } = { pixels: Uint8Array.of(1, 2, 3) };
 * const bytes = new ObjectAt(['pixels', { buffer: true }]);
 * applyPatch(image, [{ op: 'set', path: ['head'], value: new ViewAt(bytes, 'Uint8Array', 0, 2) }]);
 * image.head; // → Uint8Array.of(1, 2)
 * image.head?.buffer === image.pixels.buffer; // → true
 */
export class ViewAt {
  /** `length` counts elements of the class, of a DataView bytes. */
  constructor(
    readonly buffer: ObjectAt,
    readonly className: string,
    readonly byteOffset: number,
    readonly length: number,
  ) {}
}

/** What stands in a patch for `object` if it is a view onto a buffer for which `standInOf` answers; else undefined. */
export function viewAtOf(object: object, standInOf: (buffer: object) => ObjectAt | undefined): ViewAt | undefined {
  if (!ArrayBuffer.isView(object)) return undefined;
  const name = viewClassOf(Object.getPrototypeOf(object) as object)?.name;
  const buffer = name === undefined ? undefined : standInOf(object.buffer);
  return name === undefined || buffer === undefined
    ? undefined
    : new ViewAt(buffer, name, object.byteOffset, viewLength(object));
}

/** The view onto `buffer` that `stand` means; undefined when there can't be one. */
export function makeViewAt({ className, byteOffset, length }: ViewAt, buffer: object): BinaryView | undefined {
  const view = viewClassNamed(className);
  if (view === undefined || !(buffer instanceof ArrayBuffer)) return undefined;
  try {
    return view.make(buffer, byteOffset, length);
  } catch {
    return undefined;
  }
}

/** `surveyObject` for values of patches: a `ViewAt` is surveyed as the view it stands for. @throws UnsupportedPart */
export function surveyPatchPart(object: object, classes: ClassCatalog): Surveyed {
  if (!(object instanceof ViewAt)) return surveyObject(object, classes);
  const { buffer, className, byteOffset, length } = object;
  return { found: { kind: 'view' }, keys: [], slots: [buffer, className, byteOffset, length] };
}

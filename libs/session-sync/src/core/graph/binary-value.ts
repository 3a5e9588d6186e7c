/** A window onto an ArrayBuffer: a typed array or a DataView. */
export type BinaryView = object & {
  readonly buffer: ArrayBufferLike;
  readonly byteOffset: number;
  readonly byteLength: number;
};

interface ViewClass {
  readonly name: string;
  readonly bytesPerElement: number;
  readonly prototype: object;
  make(buffer: ArrayBuffer, byteOffset: number, length: number): BinaryView;
}

interface ViewConstructor {
  new (buffer: ArrayBuffer, byteOffset: number, length: number): BinaryView;
  readonly prototype: object;
  readonly name: string;
  readonly BYTES_PER_ELEMENT?: number;
}

const CONSTRUCTORS: readonly ViewConstructor[] = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
];

const VIEW_CLASSES: readonly ViewClass[] = CONSTRUCTORS.map((constructor) => ({
  name: constructor.name,
  bytesPerElement: constructor.BYTES_PER_ELEMENT ?? 1,
  prototype: constructor.prototype,
  make: (buffer, byteOffset, length) => new constructor(buffer, byteOffset, length),
}));

const byPrototype: ReadonlyMap<object, ViewClass> = new Map(VIEW_CLASSES.map((entry) => [entry.prototype, entry]));
const byName: ReadonlyMap<string, ViewClass> = new Map(VIEW_CLASSES.map((entry) => [entry.name, entry]));

/** The class of a view by its prototype; undefined for anything that is no plain typed array or DataView. */
export function viewClassOf(prototype: object): ViewClass | undefined {
  return byPrototype.get(prototype);
}

/** The class of a view by its name, such as `Uint8Array`. */
export function viewClassNamed(name: string): ViewClass | undefined {
  return byName.get(name);
}

/** Number of elements of a view (of a DataView: bytes). */
export function viewLength(view: BinaryView): number {
  const entry = byPrototype.get(Object.getPrototypeOf(view) as object);
  return view.byteLength / (entry?.bytesPerElement ?? 1);
}

/** A view like `view`, in class, offset and length, onto another buffer of the same size. */
export function viewOnto(view: BinaryView, buffer: ArrayBuffer): BinaryView {
  const entry = byPrototype.get(Object.getPrototypeOf(view) as object);
  if (entry === undefined) throw new TypeError('Not a typed array or DataView');
  return entry.make(buffer, view.byteOffset, view.byteLength / entry.bytesPerElement);
}

/** A copy of the bytes of `buffer`. */
export function copyBytes(buffer: ArrayBuffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer.slice(0));
}

/** Whether `buffer` can be stored: not shared, of fixed size, still attached. Else the reason why not. */
export function whyBufferUnsupported(buffer: object): string | undefined {
  if (!(buffer instanceof ArrayBuffer)) {
    return "shared memory can't be part of a session: copy it into an ArrayBuffer of its own";
  }
  const state: object & { readonly resizable?: boolean; readonly detached?: boolean } = buffer;
  if (state.resizable === true) return "a resizable ArrayBuffer can't be stored: copy it with slice()";
  if (state.detached === true) return 'a detached ArrayBuffer has no content: store the buffer it was transferred to';
  return undefined;
}

import { viewOnto, type BinaryView } from '../graph/binary-value.js';
import type { ClassCatalog } from '../graph/class-catalog.js';
import { GraphCopier } from '../graph/graph-copier.js';
import { isSameOpaque } from '../graph/is-same-graph.js';
import { ownSlots } from '../graph/own-slots.js';
import { takeBenchmark } from '../graph/take-benchmark.js';
import { classify, type ValueClass } from '../graph/value-kind.js';
import type { KnownObject, Reached } from './known-object.js';

/**
 * An object that a proxy can't see into, such as a Date or a typed array: a copy of it is handed out, and compared as a
 * whole at each commit.
 */
export class PrivateCopy implements KnownObject {
  readonly handedOut: object;

  /**
   * `copyOf` answers the changeable copy of an object that this one is nothing without: the buffer under a view.
   * @throws UnsupportedPart
   */
  constructor(
    readonly base: object,
    readonly found: ValueClass,
    readonly reached: Reached | undefined,
    classes: ClassCatalog,
    copyOf: (part: object, reached: Reached) => object,
  ) {
    if (found.kind !== 'view') this.handedOut = new GraphCopier(classes).copy(base) as object;
    else {
      const view = base as BinaryView;
      this.handedOut = viewOnto(view, copyOf(view.buffer, { holder: this, at: undefined }) as ArrayBuffer);
    }
  }

  /**
   * Whether what was handed out is another value now, to be put in the place of the first. Bytes of a buffer don't
   * make it another one.
   * @throws UnsupportedPart
   */
  isReplaced(classes: ClassCatalog): boolean {
    const { base, found, handedOut } = this;
    const now = classify(handedOut, classes);
    if (now.kind !== found.kind || now.entry !== found.entry) return true;
    if (now.kind === 'buffer') return false;
    if (now.kind === 'converted') {
      return !isSameOpaque(handedOut, now, takeBenchmark(found.entry?.toPlain?.(base), { classes }), classes);
    }
    const slots = ownSlots(handedOut, now);
    // The buffer of a view is another object by design, and compared by itself.
    const first = now.kind === 'view' ? 1 : 0;
    return ownSlots(base, found).some((slot, index) => index >= first && !Object.is(slot, slots[index]));
  }
}

import { attributeOf, type SessionShape } from '../core/access/index.js';
import { currentSlot, requireUnit } from '../unit-context/index.js';

/**
 * A stand-in for an instance of the session class, for singletons: each attribute leads to the unit that the asking code
 * runs in. Frozen, so that writing anything undeclared throws instead of living on across requests. Its attributes can't
 * be enumerated: frameworks that look an injectable over must not touch a session.
 */
export function createClassAccessor(shape: SessionShape, owner: object): object {
  const { sessionClass } = shape;
  const accessor = Object.create(sessionClass.prototype as object) as object;
  for (const name of shape.attributes.keys()) {
    const { isMutable } = attributeOf(shape, name);
    const label = `${sessionClass.name}.${name}`;
    Object.defineProperty(accessor, name, {
      enumerable: false,
      get(): unknown {
        const unit = requireUnit(currentSlot(owner), label);
        return isMutable && !unit.isReadOnly ? unit.mutate(name) : unit.read(name);
      },
      set(value: unknown) {
        requireUnit(currentSlot(owner), label).set(name, value);
      },
    });
  }
  return Object.freeze(accessor);
}

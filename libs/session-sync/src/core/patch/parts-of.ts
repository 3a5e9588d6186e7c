import { mapSlots, setSlots } from '../graph/own-slots.js';

/** What an object in a value of a patch holds. Such values are plain: made by the comparison, or decoded. */
export function partsOf(object: object): readonly unknown[] {
  if (object instanceof Map) return mapSlots(object);
  if (object instanceof Set) return setSlots(object);
  return Object.values(object) as unknown[];
}

import type { ClassCatalog } from './class-catalog.js';
import { isObject } from './is-object.js';
import { ownKeys } from './own-data.js';
import { ownSlots } from './own-slots.js';
import { UnsupportedPart, whyUnsupported } from './unsupported-part.js';
import { classify, hasProperties, isSingleValue, type ValueClass } from './value-kind.js';

/** An object's class, property names and parts (see `ownSlots`), read once: nothing can change between two looks. */
export interface Surveyed {
  readonly found: ValueClass;
  readonly keys: readonly string[];
  readonly slots: readonly unknown[];
}

/** Every object of a graph, and which of them are reached more than once. */
export interface Survey {
  readonly objects: ReadonlyMap<object, Surveyed>;
  readonly shared: ReadonlySet<object>;
}

/** How the walk may differ from that of a value. */
export interface SurveyRules {
  /** Objects for which it answers true are passed over. */
  readonly isLeftOut?: (object: object) => boolean;
  readonly surveyPart?: typeof surveyObject;
}

/** Walks the graph of `root`. @throws UnsupportedPart */
export function surveyGraph(root: unknown, classes: ClassCatalog, rules: SurveyRules = {}): Survey {
  const { isLeftOut, surveyPart = surveyObject } = rules;
  const objects = new Map<object, Surveyed>();
  const shared = new Set<object>();
  const pending: object[] = [];
  const meet = (value: unknown): void => {
    if (!isObject(value) || isLeftOut?.(value) === true) return;
    if (objects.has(value)) {
      shared.add(value);
      return;
    }
    objects.set(value, surveyPart(value, classes));
    pending.push(value);
  };
  const reason = whyUnsupported(root);
  if (reason !== undefined) throw new UnsupportedPart(undefined, reason);
  meet(root);
  for (let object = pending.pop(); object !== undefined; object = pending.pop()) {
    const surveyed = objects.get(object);
    if (surveyed === undefined || isSingleValue(surveyed.found.kind)) continue;
    for (const slot of surveyed.slots) meet(slot);
  }
  return { objects, shared };
}

/** @throws UnsupportedPart */
export function surveyObject(object: object, classes: ClassCatalog): Surveyed {
  const found = classify(object, classes);
  const keys = hasProperties(found.kind) ? ownKeys(object) : [];
  return { found, keys, slots: ownSlots(object, found, keys) };
}

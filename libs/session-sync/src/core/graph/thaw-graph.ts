import type { ClassCatalog } from './class-catalog.js';
import { GraphCopier } from './graph-copier.js';
import { isObject } from './is-object.js';
import { UnsupportedPart } from './unsupported-part.js';
import { classify, hasProperties } from './value-kind.js';

/**
 * Makes `value` changeable: whatever in it is frozen gives way, in place, to a copy, one for all places that held it.
 * Answers `value` itself, or its copy if it is frozen. Keys of a Map stay: they are found by identity. What can't be
 * stored is left as it is for whoever compares. Doesn't look into what `isLeftOut`.
 */
export function thawGraph(value: unknown, classes: ClassCatalog, isLeftOut: (object: object) => boolean): unknown {
  const unfrozen = new Set<object>();
  const copier = new GraphCopier(classes, (object) => {
    if (!isLeftOut(object)) {
      if (Object.isFrozen(object)) return undefined;
      unfrozen.add(object);
    }
    return object;
  });
  const root = thawed(value, copier);
  // Grows while it is gone through.
  for (const holder of unfrozen) thawParts(holder, classes, copier);
  return root;
}

function thawed(part: unknown, copier: GraphCopier): unknown {
  if (!isObject(part)) return part;
  try {
    return copier.copy(part);
  } catch (error) {
    if (error instanceof UnsupportedPart) return part;
    throw error;
  }
}

function thawParts(holder: object, classes: ClassCatalog, copier: GraphCopier): void {
  if (holder instanceof Map) {
    for (const [key, part] of holder as Map<unknown, unknown>) {
      const changeable = thawed(part, copier);
      if (changeable !== part) holder.set(key, changeable);
    }
  } else if (holder instanceof Set) thawElements(holder as Set<unknown>, copier);
  else if (Array.isArray(holder) || isOfProperties(holder, classes)) thawProperties(holder, copier);
}

/** Elements keep their order. */
function thawElements(set: Set<unknown>, copier: GraphCopier): void {
  const elements = [...set];
  const changeable = elements.map((part) => thawed(part, copier));
  if (changeable.every((part, index) => part === elements[index])) return;
  set.clear();
  for (const part of changeable) set.add(part);
}

function thawProperties(holder: object, copier: GraphCopier): void {
  for (const key of Object.keys(holder)) {
    const property = Object.getOwnPropertyDescriptor(holder, key);
    if (property?.writable !== true || !isObject(property.value)) continue;
    const value = thawed(property.value, copier);
    if (value !== property.value) Object.defineProperty(holder, key, { ...property, value });
  }
}

function isOfProperties(object: object, classes: ClassCatalog): boolean {
  try {
    return hasProperties(classify(object, classes).kind);
  } catch (error) {
    if (error instanceof UnsupportedPart) return false;
    throw error;
  }
}

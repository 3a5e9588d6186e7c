import { draftBehind } from '../core/drafts/index.js';
import { surveyGraph, UnsupportedPart, type ClassCatalog } from '../core/graph/index.js';
import type { Patch } from '../core/patch/index.js';
import type { ModifiedCopy } from './working-copies.js';
import type { SessionSchema } from './session-schema.js';

/** Names of two attributes that hold one and the same object. */
export type SharingPair = readonly [string, string];

/**
 * Attributes among those that a unit modified that hold one object together: they are stored as two. Looked for only
 * where it can be: one of the two must have been given an object.
 */
export function findSharing(modified: readonly ModifiedCopy[], schema: SessionSchema): readonly SharingPair[] {
  const inPlace = modified.filter(([{ attribute }]) => attribute.isMutable);
  const isPossible =
    inPlace.length > 1 && inPlace.some(([, change]) => change.kind === 'value' && brings(change.patch));
  if (!isPossible) return [];
  const holders = new Map<object, string>();
  const pairs = new Map<string, SharingPair>();
  for (const [copy] of inPlace) {
    const { name } = copy.attribute;
    const { classes } = schema.codecFor(name);
    const note = (object: object): boolean => {
      const other = holders.get(object);
      if (other === undefined) holders.set(object, name);
      // What is frozen can be held by many: nobody changes it.
      else if (other !== name && !Object.isFrozen(object)) pairs.set(`${other} ${name}`, [other, name]);
      return draftBehind(object) !== undefined;
    };
    for (const root of copy.ownParts()) survey(root, classes, note);
  }
  return [...pairs.values()];
}

/** Comparing has already judged what will be stored: what it let pass, and what isn't reached any more, is no matter. */
function survey(root: unknown, classes: ClassCatalog, isLeftOut: (object: object) => boolean): void {
  try {
    surveyGraph(root, classes, { isLeftOut });
  } catch (error) {
    if (!(error instanceof UnsupportedPart)) throw error;
  }
}

function brings(patch: Patch): boolean {
  return patch.some(
    (operation) =>
      ('value' in operation && typeof operation.value === 'object' && operation.value !== null) ||
      ('items' in operation && operation.items.some((item) => typeof item === 'object' && item !== null)),
  );
}

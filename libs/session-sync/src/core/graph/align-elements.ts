import { editScript } from './edit-script.js';
import { isKeyValue, KEY_NAMES } from './identifying-key.js';

/** What aligning has to know of the elements. */
export interface ElementKnowledge {
  isSimilar(before: unknown, after: unknown): boolean;
  keyOf(element: unknown, isRecorded: boolean, name: string): unknown;
}

/**
 * Pairs of elements of two versions of a list that may be one element, changed. Where all objects of both have a
 * property of `KEY_NAMES` whose values are unique: by that. Else by the shortest edit script over similar elements, and
 * between those by position.
 */
export function alignElements(
  before: readonly unknown[],
  after: readonly unknown[],
  knowledge: ElementKnowledge,
): [unknown, unknown][] {
  const pairs: [unknown, unknown][] = [];
  let from = 0;
  let at = 0;
  for (const hunk of editScript(before, after, (a, b) => knowledge.isSimilar(a, b))) {
    for (; from < hunk.from; from++, at++) pairs.push([before[from], after[at]]);
    const removed = before.slice(hunk.from, hunk.from + hunk.remove);
    const inserted = after.slice(hunk.at, hunk.at + hunk.insert);
    for (const pair of pairRewritten(removed, inserted, knowledge)) pairs.push(pair);
    from += hunk.remove;
    at += hunk.insert;
  }
  for (; from < before.length; from++, at++) pairs.push([before[from], after[at]]);
  return pairs;
}

function pairRewritten(
  removed: readonly unknown[],
  inserted: readonly unknown[],
  knowledge: ElementKnowledge,
): [unknown, unknown][] {
  for (const name of KEY_NAMES) {
    const before = indexByKey(removed, (element) => knowledge.keyOf(element, true, name));
    const after =
      before === undefined ? undefined : indexByKey(inserted, (element) => knowledge.keyOf(element, false, name));
    if (before === undefined || after === undefined) continue;
    return [...after].flatMap(([key, element]) => (before.has(key) ? [[before.get(key), element]] : []));
  }
  return removed.slice(0, inserted.length).map((element, index) => [element, inserted[index]]);
}

/** The elements by key; undefined unless all have one and all differ. */
export function indexByKey(
  elements: readonly unknown[],
  keyOf: (element: unknown) => unknown,
): Map<unknown, unknown> | undefined {
  const index = new Map<unknown, unknown>();
  for (const element of elements) {
    const key = keyOf(element);
    if (!isKeyValue(key)) return undefined;
    index.set(key, element);
  }
  return index.size === elements.length ? index : undefined;
}

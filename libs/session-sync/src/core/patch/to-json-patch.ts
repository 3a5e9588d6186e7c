import { writeText } from '../codec/write-text.js';
import { classesOf, type GraphOptions } from '../graph/graph-options.js';
import type { GraphPath, PathStep } from '../graph/graph-path.js';
import { changedPath } from './changed-path.js';
import type { Operation, Patch } from './operation.js';

/** An operation of RFC 6902. */
export type JsonPatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/**
 * `patch` in the words of JSON Patch (RFC 6902), for logs and tools; it can't be applied to a session. For plain JSON
 * data it says the same as long as nothing is moved or shared; what JSON can't say is written as `encode` writes it
 * (`{"$date": …}`), entries of Maps as members under their keys, bytes as an array.
 *
 * @example
 * toJsonPatch([{ op: 'set', path: ['lines', 0, 'qty'], value: 2 }]); // → [{ op: 'add', path: '/lines/0/qty', value: 2 }]
 * toJsonPatch([{ op: 'delete', path: ['seen', { key: 'a/b' }] }]); // → [{ op: 'remove', path: '/seen/a~1b' }]
 */
export function toJsonPatch(patch: Patch, options: GraphOptions = {}): JsonPatchOperation[] {
  const toJson = (value: unknown): unknown =>
    JSON.parse(writeText(value, { classes: classesOf(options), isSorted: false })) as unknown;
  // Deepest first: an operation must not move what a later one leads through.
  const ordered = patch.some((operation) => operation.op === 'then')
    ? [...patch]
    : patch.toSorted((a, b) => depthOf(b) - depthOf(a));
  return ordered.flatMap((operation) => translate(operation, toJson));
}

function depthOf(operation: Operation): number {
  return changedPath(operation)?.length ?? 0;
}

function translate(operation: Operation, toJson: (value: unknown) => unknown): JsonPatchOperation[] {
  if (operation.op === 'then') return [];
  const path = pointer(operation.path);
  if (operation.op === 'delete') return [{ op: 'remove', path }];
  if (operation.op === 'set') {
    // `add` replaces an existing member, but inserts into an array.
    const isReplacing = operation.path.length === 0 || typeof operation.path.at(-1) === 'number';
    return [{ op: isReplacing ? 'replace' : 'add', path, value: toJson(operation.value) }];
  }
  if (operation.op === 'add') return [{ op: 'add', path: `${path}/-`, value: toJson(operation.value) }];
  if (operation.op === 'bytes') {
    return [{ op: 'replace', path: `${path}/${operation.offset}`, value: [...operation.bytes] }];
  }
  const removals = Array.from({ length: operation.remove }, () => ({
    op: 'remove' as const,
    path: `${path}/${operation.index}`,
  }));
  const insertions = Array.from(operation.items, (item, at) => ({
    op: 'add' as const,
    path: `${path}/${operation.index + at}`,
    value: toJson(item),
  }));
  return [...removals, ...insertions];
}

/** A JSON Pointer (RFC 6901). */
function pointer(path: GraphPath): string {
  return path.map((step) => `/${tokenOf(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function tokenOf(step: PathStep): string {
  if (typeof step !== 'object') return String(step);
  if ('key' in step) return String(step.key);
  if ('keyAt' in step) return String(step.keyAt);
  return 'valueAt' in step ? String(step.valueAt) : 'buffer';
}

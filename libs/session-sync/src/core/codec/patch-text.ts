import type { GraphOptions } from '../graph/graph-options.js';
import type { Operation, Patch } from '../patch/operation.js';
import { patchRows } from '../patch/patch-rows.js';
import type { DecodeOptions } from './decode-options.js';
import { decodeText } from './decode.js';
import { encode } from './encode.js';
import { refuse } from './read-error.js';
import { readPath, readPosition } from './read-path.js';

/**
 * `patch` as one line of text in the language of `encode`: an array of `["set", path, value]`, `["delete", path]`,
 * `["splice", path, index, remove, items]`, `["add", path, value]`, `["bytes", path, offset, bytes]`, `["then"]`.
 * @throws UnsupportedValueError
 *
 * @example
 * encodePatch([{ op: 'delete', path: ['byId', { key: 'x' }] }]); // → '[["delete",["byId",{"key":"x"}]]]'
 */
export function encodePatch(patch: Patch, options: GraphOptions = {}): string {
  return encode(patchRows(patch), { ...options, name: 'patch' });
}

/**
 * The patch that `encodePatch` made `text` of.
 * @throws AttributeDecodeError for any other text
 *
 * @example
 * decodePatch('[["set",["qty"],2]]'); // → [{ op: 'set', path: ['qty'], value: 2 }]
 * decodePatch('[["format","c:"]]'); // throws AttributeDecodeError
 */
export function decodePatch(text: string, options: DecodeOptions = {}): Patch {
  const rows = decodeText(text, options, true);
  // Not `map`, which would pass over missing rows.
  return Array.isArray(rows) ? Array.from(rows, operationOf) : refuse('a patch is an array');
}

const WIDTH: ReadonlyMap<unknown, number> = new Map<Operation['op'], number>([
  ['set', 3],
  ['delete', 2],
  ['splice', 5],
  ['add', 3],
  ['bytes', 4],
  ['then', 1],
]);

function operationOf(row: unknown): Operation {
  if (!Array.isArray(row)) return refuse('an operation is an array');
  const [op, path, third, fourth, fifth] = row as readonly unknown[];
  if (!isOperationName(op) || row.length !== WIDTH.get(op))
    return refuse('unknown operation, or one with missing parts');
  if (op === 'then') return { op };
  const at = readPath(path);
  if (op === 'delete') return at.length > 0 ? { op, path: at } : refuse("the root can't be deleted");
  if (op === 'set' || op === 'add') return { op, path: at, value: third };
  if (op === 'bytes') {
    return fourth instanceof Uint8Array
      ? { op, path: at, offset: readPosition(third), bytes: fourth }
      : refuse('bytes expected');
  }
  if (!Array.isArray(fifth)) return refuse('items of a splice are an array');
  return { op, path: at, index: readPosition(third), remove: readPosition(fourth), items: fifth };
}

function isOperationName(value: unknown): value is Operation['op'] {
  return WIDTH.has(value);
}

import type { GraphPath } from '../graph/graph-path.js';

/** Gives the property, element, Map value or (empty path) root at `path` a value; a new Map key goes to the end. */
export interface SetOperation {
  readonly op: 'set';
  readonly path: GraphPath;
  readonly value: unknown;
}

/** Removes the property, Map entry or Set element at `path`; of an array it leaves a hole. */
export interface DeleteOperation {
  readonly op: 'delete';
  readonly path: GraphPath;
}

/**
 * Removes and inserts at a position of the array, Map or Set at `path`. `index` and `remove` count elements (of a Map:
 * entries); `items` are elements, of a Map keys and values in turn. A hole in `items` is a hole in the array.
 */
export interface SpliceOperation {
  readonly op: 'splice';
  readonly path: GraphPath;
  readonly index: number;
  readonly remove: number;
  readonly items: readonly unknown[];
}

/** Adds an element to the end of the Set at `path`. */
export interface AddOperation {
  readonly op: 'add';
  readonly path: GraphPath;
  readonly value: unknown;
}

/** Overwrites bytes of the ArrayBuffer at `path`, from `offset`. */
export interface BytesOperation {
  readonly op: 'bytes';
  readonly path: GraphPath;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Ends a stage: the paths of the operations after it name objects as they are after those before it. */
export interface ThenOperation {
  readonly op: 'then';
}

/** An operation that changes something. */
export type EditOperation = SetOperation | DeleteOperation | SpliceOperation | AddOperation | BytesOperation;

/** One step of a patch: an edit of one object, or the end of a stage. */
export type Operation = EditOperation | ThenOperation;

/**
 * How to get from one version of a value to the next; empty = nothing changed. All paths of a stage (the operations up
 * to a `then`) name objects **as they were before the stage**; the operations on one object run in order. So a patch may
 * move, share and drop objects freely, and two patches of one base can be merged operation by operation.
 *
 * A new object that occurs several times in the values of a patch is one object in the result. `ObjectAt` in a value
 * stands for an object that was there before.
 */
export type Patch = readonly Operation[];

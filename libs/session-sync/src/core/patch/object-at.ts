import type { GraphPath } from '../graph/graph-path.js';

/** In the value of an operation: not a new object, but the one that was at `path` before the patch. */
export class ObjectAt {
  constructor(readonly path: GraphPath) {}
}

import type { ClassCatalog } from '../graph/class-catalog.js';
import { formatPath, type GraphPath } from '../graph/graph-path.js';
import { surveyGraph } from '../graph/survey-graph.js';
import { changedPath } from './changed-path.js';
import { ObjectAt } from './object-at.js';
import type { EditOperation, Patch } from './operation.js';
import type { PathResolver } from './resolve-path.js';
import { displacedSteps } from './displaced-steps.js';
import { surveyPatchPart } from './view-at.js';

/** One side of a merge: its patch by the object each operation changes, and what it takes from where. */
export class Side {
  /** Operations by the path of their object. */
  readonly edits = new Map<string, EditOperation[]>();
  /** Paths of parts that hold something else, or nothing, afterwards. */
  private readonly displaced = new Set<string>();
  /** Paths of objects that are put somewhere by the patch: displaced there, they live on. */
  private readonly moved = new Set<string>();

  constructor(
    patch: Patch,
    private readonly classes: ClassCatalog,
    private readonly base: PathResolver,
  ) {
    for (const operation of patch) if (operation.op !== 'then') this.take(operation);
  }

  /** Whether the object at `path` isn't there any more, and nowhere else. */
  drops(path: GraphPath): boolean {
    const key = pathKey(path);
    return this.displaced.has(key) && !this.moved.has(key);
  }

  /** Paths of objects that were taken away from where they were and put elsewhere. */
  get relocated(): string[] {
    return [...this.moved].filter((key) => this.displaced.has(key));
  }

  private take(operation: EditOperation): void {
    const object = objectPath(operation);
    const key = pathKey(object);
    const edits = this.edits.get(key);
    if (edits === undefined) this.edits.set(key, [operation]);
    else edits.push(operation);
    if (operation.op === 'set' || operation.op === 'delete') this.displaced.add(pathKey(operation.path));
    if (operation.op === 'splice') {
      for (const step of displacedSteps(this.base.objectAt(object), operation, this.base)) {
        this.displaced.add(pathKey([...object, step]));
      }
      for (const item of operation.items) this.noteMoved(item);
    }
    if (operation.op === 'set' || operation.op === 'add') this.noteMoved(operation.value);
  }

  private noteMoved(value: unknown): void {
    const note = (object: object): boolean => {
      if (object instanceof ObjectAt) this.moved.add(pathKey(object.path));
      return object instanceof ObjectAt;
    };
    surveyGraph(value, this.classes, { isLeftOut: note, surveyPart: surveyPatchPart });
  }
}

/** Path of the object that an operation changes; of the root's replacement: the root. */
export function objectPath(operation: EditOperation): GraphPath {
  return changedPath(operation) ?? [];
}

/** Equal for equal paths only. */
export function pathKey(path: GraphPath): string {
  return formatPath('', path);
}

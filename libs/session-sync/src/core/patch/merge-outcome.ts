import { formatPath, type GraphPath } from '../graph/graph-path.js';

/** What a three-way merge came to. */
export type MergeOutcome =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      /** Parts that both sides changed, as they would be written in code after the attribute's name: `.lines[2].price`. */
      readonly conflicts: readonly string[];
    };

/** Collects what both sides changed, each part once. */
export class Conflicts {
  private readonly found = new Set<string>();

  add(path: GraphPath, suffix = ''): void {
    this.found.add(formatPath('', path) + suffix);
  }

  get paths(): string[] {
    return [...this.found];
  }
}

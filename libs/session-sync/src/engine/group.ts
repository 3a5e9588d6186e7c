import type { BodyLine, StoredAttribute } from '../core/record/index.js';
import type { AttributeName } from '../core/session/attribute-name.js';
import type { CommitRequest } from './commit-request.js';
import { rebase, type Rebased } from './rebase.js';
import { assertAttributeFits } from './session-limits.js';
import type { SessionSchema } from './session-schema.js';

type Attributes = ReadonlyMap<AttributeName, StoredAttribute>;

/** Several units' changes put one after the other onto one state. */
export interface Group<R extends CommitRequest> {
  readonly lines: readonly BodyLine[];
  /** The attributes after all of them. */
  readonly attributes: Attributes;
  /** Those whose changes are in; the others are refused each with its own error. */
  readonly members: readonly R[];
  readonly refused: readonly { readonly request: R; readonly error: unknown }[];
  readonly merges: number;
}

/**
 * Rebases each request onto the state that those before it leave; a request goes in whole or not at all. One that leaves a
 * session that doesn't fit is refused.
 */
export function combine<R extends CommitRequest>(
  requests: readonly R[],
  before: Attributes,
  schema: SessionSchema,
  assertFits: (after: Attributes) => void,
): Group<R> {
  let attributes = before;
  let merges = 0;
  const lines: BodyLine[] = [];
  const members: R[] = [];
  const refused: { request: R; error: unknown }[] = [];
  for (const request of requests) {
    try {
      const rebased = rebaseAll(request, attributes, schema);
      const after = applied(attributes, rebased);
      assertFits(after);
      attributes = after;
      lines.push(...rebased.map(({ line }) => line));
      merges += rebased.filter(({ isMerged }) => isMerged).length;
      members.push(request);
    } catch (error) {
      // Also what an application's own merge function throws: it concerns its unit alone.
      refused.push({ request, error });
    }
  }
  return { lines: withoutOverwritten(lines), attributes, members, refused, merges };
}

function rebaseAll(request: CommitRequest, attributes: Attributes, schema: SessionSchema): Rebased[] {
  const rebased: Rebased[] = [];
  let state = attributes;
  for (const change of request.changes) {
    const result = rebase(change, state.get(change.attribute.name), schema);
    if (result === undefined) continue;
    if (result.attribute !== undefined) assertAttributeFits(change.attribute, result.attribute, schema);
    rebased.push(result);
    state = applied(state, [result]);
  }
  return rebased;
}

function applied(attributes: Attributes, rebased: readonly Rebased[]): Attributes {
  if (rebased.length === 0) return attributes;
  const after = new Map(attributes);
  for (const { line, attribute } of rebased) {
    if (attribute === undefined) after.delete(line.name);
    else after.set(line.name, attribute);
  }
  return after;
}

/** A value or a removal makes earlier lines of its attribute pointless. */
function withoutOverwritten(lines: readonly BodyLine[]): BodyLine[] {
  const kept: BodyLine[] = [];
  const settled = new Set<string>();
  for (const line of lines.toReversed()) {
    if (settled.has(line.name)) continue;
    if (line.op !== '~') settled.add(line.name);
    kept.push(line);
  }
  return kept.toReversed();
}

/**
 * What counts as a mutable access of an attribute, so that a commit compares it with its benchmark.
 * `set`: assigning, deleting and updating it only; what is handed out is frozen. `read`: also handing it out for change
 * (`mutate`, a mutable parameter, the session class in a singleton). `proxy`: as `read`, but only what is really written
 * through what was handed out counts. `all`: every access, `read` too, outside of read-only units.
 */
export type TrackPolicy = 'set' | 'read' | 'proxy' | 'all';

const TRACK_POLICIES: readonly unknown[] = ['set', 'read', 'proxy', 'all'] satisfies TrackPolicy[];

export function isTrackPolicy(value: unknown): value is TrackPolicy {
  return TRACK_POLICIES.includes(value);
}

/** The policy of an attribute for which none is named. */
function defaultPolicy(isMutable: boolean): TrackPolicy {
  return isMutable ? 'read' : 'set';
}

/** The policy of a declaration, the default in place of a wrong one; what is wrong is added to `problems`. */
export function trackPolicyOf(
  { track }: Readonly<Record<string, unknown>>,
  { mutable, local }: { readonly mutable: boolean; readonly local: boolean },
  problems: string[],
): TrackPolicy {
  if (track === undefined || local) return defaultPolicy(mutable);
  const problem = problemOfTrack(track, mutable);
  if (problem !== undefined) problems.push(problem);
  return isTrackPolicy(track) ? track : defaultPolicy(mutable);
}

/** What is wrong with an attribute's option `track`; undefined when nothing is. */
function problemOfTrack(track: unknown, isMutable: boolean): string | undefined {
  if (!isTrackPolicy(track)) return "track must be 'set', 'read', 'proxy' or 'all'.";
  if (isMutable && track === 'set') {
    return "track: 'set' counts assigning alone, so changes in place would be lost: leave out mutable: true, or track it by 'read', 'proxy' or 'all'.";
  }
  if (!isMutable && track !== 'set') {
    return `track: '${track}' is for attributes that are changed in place: add mutable: true, or leave track out.`;
  }
  return undefined;
}

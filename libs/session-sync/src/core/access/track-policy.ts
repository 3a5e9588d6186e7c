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
export function defaultPolicy(isMutable: boolean): TrackPolicy {
  return isMutable ? 'read' : 'set';
}

/** What is wrong with an attribute's option `track`; undefined when nothing is. */
export function problemOfTrack(track: unknown, isMutable: boolean): string | undefined {
  if (!isTrackPolicy(track)) return "track must be 'set', 'read', 'proxy' or 'all'.";
  if (isMutable && track === 'set') {
    return "track: 'set' counts assigning alone, so changes in place would be lost: leave out mutable: true, or track it by 'read', 'proxy' or 'all'.";
  }
  if (!isMutable && track !== 'set') {
    return `track: '${track}' is for attributes that are changed in place: add mutable: true, or leave track out.`;
  }
  return undefined;
}

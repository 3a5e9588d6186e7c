import type { AttributeMerge } from '../core/access/index.js';
import type { AttributeCodec } from '../core/codec/attribute-codec.js';
import { utf8Length } from '../core/codec/index.js';
import { AttributeVersionError, CommitConflictError } from '../core/errors/index.js';
import type { Patch } from '../core/patch/index.js';
import { StoredAttribute, type BodyLine } from '../core/record/index.js';
import type { AttributeChange } from './attribute-change.js';
import type { SessionSchema } from './session-schema.js';
import { assertValid } from './validity.js';

/** What one attribute's change comes to on the newest state: a line to send and the attribute after it. */
export interface Rebased {
  readonly line: BodyLine;
  /** Undefined when the attribute is gone. */
  readonly attribute: StoredAttribute | undefined;
  readonly isMerged: boolean;
}

/**
 * Puts a unit's change onto what the attribute is now (`theirs`; undefined = not stored). Undefined when nothing is
 * left to send.
 * @throws CommitConflictError when both sides changed the same part and the attribute's policy rejects that |
 *   AttributeVersionError when it was stored under a newer version meanwhile | InvalidAttributeError when what was merged
 *   isn't valid
 */
export function rebase(
  change: AttributeChange,
  theirs: StoredAttribute | undefined,
  schema: SessionSchema,
): Rebased | undefined {
  const { attribute, base } = change;
  const codec = schema.codecFor(attribute.name);
  const initial = schema.initial(attribute);
  const isUntouched = (theirs ?? initial) === base || isStillUnreadable(base, theirs, codec);
  if (theirs !== undefined && theirs.version > codec.version) {
    throw new AttributeVersionError(attribute.name, theirs.version, codec.version);
  }
  if (!isUntouched && isLostSince(base, theirs, codec)) throw new CommitConflictError(attribute.name, [attribute.name]);
  if (change.kind === 'removal') {
    if (theirs === undefined) return undefined;
    const isEqual = theirs.isSameAs(base, codec);
    if (!isEqual && isRefused(attribute.merge)) throw new CommitConflictError(attribute.name, [attribute.name]);
    if (isEqual || attribute.merge === 'lastWriteWins') {
      return { line: { op: '-', name: attribute.name }, attribute: undefined, isMerged: !isUntouched };
    }
  } else if (isUntouched) {
    return { ...stored(change.after, change.patch, theirs, codec, change), isMerged: false };
  }
  const now = theirs ?? initial;
  const patch = merge(change, initial, now, codec);
  if (patch.length === 0) return undefined;
  const merged = now.valueAfter(patch, codec);
  assertValid(attribute, merged, codec);
  return { ...stored(merged, patch, theirs, codec, change), isMerged: true };
}

/** Policies under which a part that both sides changed is nobody's to decide. */
function isRefused(policy: AttributeMerge): boolean {
  return policy === 'reject' || policy === 'retry';
}

/** Whether what a unit couldn't read is what is stored now, which no comparison of values could tell. */
function isStillUnreadable(base: StoredAttribute, theirs: StoredAttribute | undefined, codec: AttributeCodec): boolean {
  return theirs !== undefined && base.whyUndecodable(codec) !== undefined && theirs.isSameAs(base, codec);
}

/** Whether the default stands in for what a unit has seen the value of: it must be told before that is overwritten. */
function isLostSince(base: StoredAttribute, theirs: StoredAttribute | undefined, codec: AttributeCodec): boolean {
  if (codec.standIn === undefined || theirs?.whyUndecodable(codec) === undefined) return false;
  return base.whyUndecodable(codec) === undefined;
}

/** Whether nobody can tell what a unit started from, so that there is nothing to merge by. */
function isUnknown(base: StoredAttribute, codec: AttributeCodec): boolean {
  return codec.standIn === undefined && base.whyUndecodable(codec) !== undefined;
}

/** The change as a patch of what was stored meanwhile, as the attribute's policy has it. */
function merge(
  change: AttributeChange,
  initial: StoredAttribute,
  theirs: StoredAttribute,
  codec: AttributeCodec,
): Patch {
  const { attribute, base } = change;
  const policy: AttributeMerge = attribute.merge;
  const ours = change.kind === 'value' ? change.after : initial.valueBy(codec);
  const becomes = (value: unknown): Patch => codec.compare(theirs.benchmarkBy(codec), value);
  if (isUnknown(base, codec)) {
    if (policy === 'lastWriteWins') return becomes(ours);
    throw new CommitConflictError(attribute.name, [attribute.name]);
  }
  const [before, other] = [base.valueBy(codec), theirs.valueBy(codec)];
  const decide = typeof policy === 'object' ? policy.merge.bind(policy) : policy;
  // Bytes can't be frozen: what the function writes into must be nobody else's.
  if (typeof decide === 'function')
    return becomes(decide(codec.viewOf(before), codec.viewOf(ours), codec.viewOf(other)));
  const patch = change.kind === 'value' ? change.patch : codec.compare(base.benchmarkBy(codec), ours);
  const rebased = codec.mergeOnto(before, patch, other);
  if (rebased.ok) return rebased.patch;
  if (policy === 'lastWriteWins') return becomes(ours);
  throw new CommitConflictError(
    attribute.name,
    rebased.conflicts.map((path) => attribute.name + path),
  );
}

/** Below this many bytes a value is sent whole without asking whether a patch were smaller. */
const TINY_VALUE_BYTES = 64;

/**
 * The change as a patch or as the whole value, whichever is smaller on the wire; as the value where what is stored is of
 * an older version, or can't be read.
 */
function stored(
  after: unknown,
  patch: Patch,
  theirs: StoredAttribute | undefined,
  codec: AttributeCodec,
  { attribute: { name } }: AttributeChange,
): Pick<Rebased, 'line' | 'attribute'> {
  if (theirs !== undefined && theirs.bytes > TINY_VALUE_BYTES && theirs.takesPatches(codec)) {
    const patchText = codec.encodePatch(patch);
    const isClearlySmaller = patchText.length * 4 < theirs.bytes;
    if (isClearlySmaller || utf8Length(patchText) < utf8Length(codec.encode(after))) {
      return {
        line: { op: '~', name, text: patchText },
        attribute: theirs.patched(patchText, codec, { patch, after }),
      };
    }
  }
  const text = codec.encode(after);
  const { version } = codec;
  return {
    line: { op: '=', name, version, text },
    attribute: StoredAttribute.ofValue(after, utf8Length(text), version, text),
  };
}

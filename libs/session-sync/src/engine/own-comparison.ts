import type { Attribute } from '../core/access/index.js';
import type { AttributeCodec } from '../core/codec/attribute-codec.js';
import { AttributeCompareError } from '../core/errors/index.js';
import type { StoredAttribute } from '../core/record/index.js';

/** Whether the canonical bytes, which decide for `compare: 'binary'`, are the same; other attributes aren't asked. */
export function isSameBinary(
  attribute: Attribute,
  base: StoredAttribute,
  value: unknown,
  codec: AttributeCodec,
): boolean {
  if (attribute.compare !== 'binary') return false;
  return codec.encodeCanonical(base.valueBy(codec)) === codec.encodeCanonical(value);
}

/**
 * Whether the attribute's own comparator takes a version whose object graph differs for equal. It gets both frozen, or
 * copies where they can't be, so that it reaches nothing that is stored or handed out.
 * @throws AttributeCompareError
 */
export function isTakenForEqual(
  attribute: Attribute,
  base: StoredAttribute,
  after: unknown,
  codec: AttributeCodec,
): boolean {
  const { compare } = attribute;
  if (compare === 'graph' || compare === 'binary') return false;
  const [before, now] = [base.viewBy(codec), codec.viewOf(after)];
  const answer = ask(attribute, () => (compare === 'equals' ? askValue(before, now) : compare(before, now)));
  if (typeof answer === 'boolean') return answer;
  throw new AttributeCompareError(attribute.name, 'it must answer true (equal) or false, at once');
}

function ask({ name, isSecret }: Attribute, question: () => unknown): unknown {
  try {
    return question();
  } catch (cause) {
    if (isSecret) throw new AttributeCompareError(name, 'it threw; of a secret attribute is not told what');
    throw new AttributeCompareError(name, `it threw ${String(cause)}`, { cause });
  }
}

/** What isn't an object on either side differs: the graphs do. */
function askValue(before: unknown, now: unknown): unknown {
  if (typeof before !== 'object' || before === null || typeof now !== 'object' || now === null) return false;
  if (canEqual(now)) return now.equals(before);
  throw new TypeError("the value has no method equals(other), which compare 'equals' asks");
}

function canEqual(value: object): value is { equals(other: unknown): unknown } {
  return 'equals' in value && typeof value.equals === 'function';
}

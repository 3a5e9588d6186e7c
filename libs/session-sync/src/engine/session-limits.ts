import type { Attribute } from '../core/access/index.js';
import { SessionTooLargeError } from '../core/errors/index.js';
import { snapshotBytesAtMost, type StoredAttribute } from '../core/record/index.js';
import type { AttributeName } from '../core/session/attribute-name.js';
import type { Secrets } from './secrets.js';
import type { SessionSchema } from './session-schema.js';

/**
 * Whether an attribute is within its own `maxBytes`. What is known of its size is a bound from above and costs nothing; the
 * exact size is only asked for when the bound is over the limit.
 * @throws SessionTooLargeError with the attribute's name
 */
export function assertAttributeFits(attribute: Attribute, after: StoredAttribute, schema: SessionSchema): void {
  const { name, maxBytes } = attribute;
  if (maxBytes === undefined || after.bytes <= maxBytes) return;
  // An attribute whose text is made knows its size.
  after.textBy(schema.codecFor(name));
  if (after.bytes > maxBytes) throw new SessionTooLargeError(after.bytes, maxBytes, name);
}

/** The same of the session as a whole. @throws SessionTooLargeError */
export function assertSessionFits(
  attributes: ReadonlyMap<AttributeName, StoredAttribute>,
  { schema, secrets }: { readonly schema: SessionSchema; readonly secrets: Secrets },
  maxBytes: number,
): void {
  const bytesAtMost = (): number => snapshotBytesAtMost(attributes) + secrets.sealingBytesAtMost(attributes);
  if (bytesAtMost() <= maxBytes) return;
  for (const [name, attribute] of attributes) attribute.textBy(schema.codecFor(name));
  const exact = bytesAtMost();
  if (exact > maxBytes) throw new SessionTooLargeError(exact, maxBytes);
}

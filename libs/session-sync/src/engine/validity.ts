import type { Attribute } from '../core/access/index.js';
import type { AttributeCodec } from '../core/codec/attribute-codec.js';
import { checkValue } from '../core/validation/index.js';

/**
 * Lets the attribute's validator judge a frozen value that is about to be stored.
 * @throws InvalidAttributeError
 */
export function assertValid(attribute: Attribute, frozen: unknown, codec: AttributeCodec): void {
  const { name, validate, isSecret } = attribute;
  if (validate !== undefined) checkValue({ name, validate, isSecret }, codec.viewOf(frozen));
}

import { AttributeDecodeError } from '../errors/index.js';

/** Refuses stored text. Reasons quote at most a short piece of it: the text may be anybody's data. */
export function refuse(reason: string, cause?: unknown): never {
  throw new AttributeDecodeError(reason, undefined, cause === undefined ? undefined : { cause });
}

/** Does `read`, whose refusals don't know the attribute they read. */
export function refusedAs<T>(attribute: string | undefined, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof AttributeDecodeError) || error.attribute !== undefined) throw error;
    throw new AttributeDecodeError(error.reason, attribute, { cause: error.cause });
  }
}

/** A tag or name out of stored text, short enough for a message. */
export function quote(text: unknown): string {
  return typeof text === 'string' ? JSON.stringify(text.slice(0, 40)) : `a ${typeof text}`;
}

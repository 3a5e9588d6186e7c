import type { AttributeName } from '../core/session/attribute-name.js';
import type { SessionKey } from '../core/session/identity.js';

/** Where a sealed text belongs: it must open nowhere else. */
export interface SealContext {
  readonly key: SessionKey;
  readonly attribute: AttributeName;
  /** Whether the text is the attribute's value or a patch to it: one must not be taken for the other. */
  readonly content: 'value' | 'patch';
  /** Version of the attribute that a value is stored under; a patch is of the version of the value it belongs to. */
  readonly attributeVersion: number | undefined;
  /** Version of the format that the text is stored in. */
  readonly formatVersion: number;
}

/**
 * Keeps the texts of secret attributes from those who can read the store.
 *
 * Contract, for whoever implements it:
 * - `open(seal(text, context), context)` is `text`. Sealing one text twice gives two different ones (a fresh nonce each).
 * - What was sealed is authenticated together with its whole context, and with what the cipher knows beside it (the name
 *   of the module): opened in any other place, or changed, it is refused by a thrown error, never answered wrongly.
 * - A sealed text names its key, so that old keys open what they sealed while the newest seals.
 * - Both answer at once, do no input or output, and neither put texts into what they throw.
 * - `sealedChars` bounds the length of what `seal` gives, for every text of so many UTF-8 bytes; it is ASCII.
 */
export interface Cipher {
  seal(text: string, context: SealContext): string;
  /** @throws when the text wasn't sealed for this context by a key that is known */
  open(sealed: string, context: SealContext): string;
  sealedChars(textBytes: number): number;
}

/** Between the text format's tags, so that nobody's data can be taken for it (docs/value-format.md). */
const PREFIX = '{"$sealed":"';
const SUFFIX = '"}';
const SEALED = /^\{"\$sealed":"[\w+/=.:-]*"\}$/;

/** Characters a sealed text has beside what the cipher gives. */
export const SEALED_FRAME_CHARS = PREFIX.length + SUFFIX.length;

/** The text that is stored in place of one that a cipher sealed. */
export function frameSealed(sealed: string): string {
  const text = PREFIX + sealed + SUFFIX;
  if (!isSealed(text)) throw new TypeError('a cipher answers in letters, digits and _ + / = . : -');
  return text;
}

/** Whether a stored text is sealed; texts that nobody sealed never are. */
export function isSealed(text: string): boolean {
  return SEALED.test(text);
}

/** What the cipher gave. */
export function unframeSealed(text: string): string {
  return text.slice(PREFIX.length, -SUFFIX.length);
}

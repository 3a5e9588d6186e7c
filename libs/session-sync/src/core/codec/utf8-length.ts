/**
 * Bytes of `text` in UTF-8. A lone surrogate counts as the three bytes of its replacement.
 *
 * @example
 * utf8Length('tea'); // → 3
 * utf8Length('€'); // → 3
 */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) continue;
    bytes += code < 0x8_00 ? 1 : 2;
    // A pair is four bytes: two units, and one more each.
    if (code >= 0xd8_00 && code < 0xdc_00 && isLowSurrogate(text.charCodeAt(index + 1))) index++;
  }
  return bytes;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc_00 && code < 0xe0_00;
}

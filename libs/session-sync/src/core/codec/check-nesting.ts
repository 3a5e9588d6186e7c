import { refuse } from './read-error.js';

/** Brackets around one level of objects at most: `{"$def":[1,{"$class":["Line",{`. */
const BRACKETS_PER_LEVEL = 5;

/** Of those a tag may have beside the level itself: its brace, its array and that of a Map's entry. */
const BRACKETS_BESIDE_LEVEL = 3;

const SPACE = 32;
const QUOTE = 34;
const DOLLAR = 36;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/**
 * Refuses text that is nested deeper than `maxDepth` for certain, in one pass: parsing millions of brackets first takes
 * seconds. Answers whether all the rest was seen not to be nested deeper; with tags it may still be, at most five times.
 * @throws AttributeDecodeError
 */
export function checkNesting(text: string, maxDepth: number): boolean {
  let isExact = true;
  // Depths at which a tag was opened: its braces and what is right inside are part of a value, not a level.
  const tags: number[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      depth++;
      if (code === OPEN_BRACE && mayBeTag(text, at + 1)) {
        tags.push(depth);
        isExact = false;
      }
      const levels = Math.max(depth - BRACKETS_BESIDE_LEVEL * tags.length, depth / BRACKETS_PER_LEVEL);
      if (levels > maxDepth) refuse(`nested deeper than ${maxDepth} levels`);
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) {
      if (tags.at(-1) === depth) tags.pop();
      depth--;
    }
  }
  return isExact;
}

/** Whether a brace before `at` may open a tag, however it is written. */
function mayBeTag(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== QUOTE) return text.charCodeAt(at) <= SPACE;
  const first = text.charCodeAt(at + 1);
  return first === BACKSLASH || (first === DOLLAR && text.charCodeAt(at + 2) !== DOLLAR);
}

/** Position of the quote that ends the string which begins at `start`; the end of the text when none does. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let first = at;
    while (text.charCodeAt(first - 1) === BACKSLASH) first--;
    if ((at - first) % 2 === 0) return at;
  }
  return text.length;
}

import type { ServerResponse } from 'node:http';

/**
 * Moves Set-Cookie out of the headers given to `writeHead` and adds it to those already set: given there it would
 * replace them, the session's cookie among them.
 */
export function takeSetCookies(response: ServerResponse, writeHeadArgs: unknown[]): void {
  const index = writeHeadArgs.length - 1;
  const given = writeHeadArgs[index];
  if (typeof given !== 'object' || given === null) return;
  const rest: [string, unknown][] = [];
  for (const [name, value] of headerPairs(given)) {
    if (name.toLowerCase() !== 'set-cookie') rest.push([name, value]);
    else response.appendHeader('Set-Cookie', Array.isArray(value) ? value.map(String) : String(value));
  }
  // A new list, not the caller's: Node takes pairs as one flat array.
  writeHeadArgs.splice(index, 1, Array.isArray(given) ? rest.flat() : Object.fromEntries(rest));
}

function headerPairs(given: object): [string, unknown][] {
  if (!Array.isArray(given)) return Object.entries(given);
  const flat = given as unknown[];
  if (Array.isArray(flat[0])) return flat as [string, unknown][];
  const pairs: [string, unknown][] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) pairs.push([String(flat[i]), flat[i + 1]]);
  return pairs;
}

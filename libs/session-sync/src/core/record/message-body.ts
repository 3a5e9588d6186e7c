import { ForeignRecordError } from '../errors/index.js';
import { parseAttributeName, type AttributeName } from '../session/attribute-name.js';

/** What a message says of one attribute: its value (`=`), a patch to it (`~`), or that it is gone (`-`). */
export type BodyLine =
  | { readonly op: '=' | '~'; readonly name: AttributeName; readonly text: string }
  | { readonly op: '-'; readonly name: AttributeName };

/**
 * One line an attribute, `<op><name> <text>`. Encoded text never holds a raw newline, so a reader finds the attributes
 * without parsing their values.
 */
export function formatBody(lines: readonly BodyLine[]): string {
  let body = '';
  for (const line of lines) {
    if (body !== '') body += '\n';
    body += line.op === '-' ? `-${line.name}` : `${line.op}${line.name} ${line.text}`;
  }
  return body;
}

/** @throws ForeignRecordError when a line isn't of the form that {@link formatBody} writes. */
export function parseBody(body: string): BodyLine[] {
  if (body === '') return [];
  return body.split('\n').map(parseLine);
}

function parseLine(line: string): BodyLine {
  const op = line[0];
  const space = line.indexOf(' ');
  const name = parseAttributeName(space === -1 ? line.slice(1) : line.slice(1, space));
  if (name === undefined) throw new ForeignRecordError(`a body line names no attribute: ${excerpt(line)}`);
  if (op === '-' && space === -1) return { op, name };
  if ((op === '=' || op === '~') && space !== -1) return { op, name, text: line.slice(space + 1) };
  throw new ForeignRecordError(`a body line is neither value, patch nor removal: ${excerpt(line)}`);
}

/** Names and operators only: the text of a line may be anybody's data. */
function excerpt(line: string): string {
  return JSON.stringify(line.slice(0, Math.min(16, line.indexOf(' ') + 1 || 16)));
}

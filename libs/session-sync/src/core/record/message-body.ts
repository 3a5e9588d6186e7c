import { FIRST_VERSION, MAX_VERSION } from '../codec/index.js';
import { ForeignRecordError } from '../errors/index.js';
import { parseAttributeName, type AttributeName } from '../session/attribute-name.js';

/** What a message says of one attribute: its value (`=`), a patch to it (`~`), or that it is gone (`-`). */
export type BodyLine =
  | { readonly op: '='; readonly name: AttributeName; readonly version: number; readonly text: string }
  | { readonly op: '~'; readonly name: AttributeName; readonly text: string }
  | { readonly op: '-'; readonly name: AttributeName };

/**
 * One line an attribute, `<op><name> <text>`; a value of a later version than the first says so, `=<name>@<version>
 * <text>`. Encoded text never holds a raw newline, so a reader finds the attributes without parsing their values.
 */
export function formatBody(lines: readonly BodyLine[]): string {
  return lines.map(formatLine).join('\n');
}

/** @throws ForeignRecordError when a line isn't of the form that {@link formatBody} writes. */
export function parseBody(body: string): BodyLine[] {
  if (body === '') return [];
  return body.split('\n').map(parseLine);
}

/** What a version adds to the line of a value. */
export function versionMark(version: number): string {
  return version === FIRST_VERSION ? '' : `@${version}`;
}

function formatLine(line: BodyLine): string {
  if (line.op === '-') return `-${line.name}`;
  return line.op === '~' ? `~${line.name} ${line.text}` : `=${line.name}${versionMark(line.version)} ${line.text}`;
}

function parseLine(line: string): BodyLine {
  const op = line[0];
  const space = line.indexOf(' ');
  const head = space === -1 ? line.slice(1) : line.slice(1, space);
  const mark = op === '=' ? head.indexOf('@') : -1;
  const name = parseAttributeName(mark === -1 ? head : head.slice(0, mark));
  if (name === undefined) throw new ForeignRecordError(`a body line names no attribute: ${excerpt(line)}`);
  if (op === '-' && space === -1) return { op, name };
  if (op === '~' && space !== -1) return { op, name, text: line.slice(space + 1) };
  const version = mark === -1 ? FIRST_VERSION : parseVersion(head.slice(mark + 1));
  if (op === '=' && space !== -1 && version !== undefined) return { op, name, version, text: line.slice(space + 1) };
  throw new ForeignRecordError(`a body line is neither value, patch nor removal: ${excerpt(line)}`);
}

/** One spelling for each version, so that a line is read and written byte for byte. */
function parseVersion(mark: string): number | undefined {
  const version = /^[1-9]\d{0,5}$/.test(mark) ? Number(mark) : FIRST_VERSION;
  return version > FIRST_VERSION && version <= MAX_VERSION ? version : undefined;
}

/** Names and operators only: the text of a line may be anybody's data. */
function excerpt(line: string): string {
  return JSON.stringify(line.slice(0, Math.min(16, line.indexOf(' ') + 1 || 16)));
}

import { applyPatch, createClassCatalog, decode, decodePatch } from 'nest-session-sync/core';

/** Attributes by name. */
export type FoldedSession = Map<string, unknown>;

/** What the stored text calls its classes; a reader needs their data only. */
const classes = createClassCatalog(['Cart', 'Line'].map((name) => ({ name, prototype: {} })));

/** Applies a message's body: `=name value` replaces, `~name patch` changes, `-name` removes. */
export function foldBody(session: FoldedSession, body: string): void {
  if (body === '') return;
  for (const line of body.split('\n')) {
    const space = line.indexOf(' ');
    // Behind an "@" stands under which version of the session class the value was stored.
    const [name = ''] = (space === -1 ? line.slice(1) : line.slice(1, space)).split('@');
    const text = line.slice(space + 1);
    if (line.startsWith('=')) session.set(name, decode(text, { classes }));
    else if (line.startsWith('~')) {
      session.set(name, applyPatch(session.get(name), decodePatch(text, { classes }), { classes }));
    } else if (line.startsWith('-')) session.delete(name);
    else throw new Error(`a body line begins with neither "=", "~" nor "-": ${line.slice(0, 16)}`);
  }
}

import type { SessionId, SessionKey } from '../../core/session/identity.js';

/** Ids that were found good and needn't be hashed and verified again; the one seen first is forgotten first. */
const REMEMBERED = 10_000;

/** Reads what clients present as their id into the key of the session it names. */
export class IdReader {
  private readonly known = new Map<string, SessionKey>();

  constructor(
    /** The id in a text, if it is one that this application may have issued. */
    private readonly idIn: (text: string) => SessionId | undefined,
    private readonly keyOf: (id: SessionId) => SessionKey,
  ) {}

  read(text: string): SessionKey | undefined {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const id = this.idIn(text);
    return id === undefined ? undefined : this.remember(text, this.keyOf(id));
  }

  private remember(text: string, key: SessionKey): SessionKey {
    const [first] = this.known.keys();
    if (first !== undefined && this.known.size >= REMEMBERED) this.known.delete(first);
    this.known.set(text, key);
    return key;
  }
}

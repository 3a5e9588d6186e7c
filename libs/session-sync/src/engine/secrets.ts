import type { SessionShape } from '../core/access/index.js';
import { frameSealed, isSealed, SEALED_FRAME_CHARS, unframeSealed } from '../core/codec/sealed-text.js';
import { FORMAT_VERSION, type BodyLine, type StoredAttribute } from '../core/record/index.js';
import type { AttributeName } from '../core/session/attribute-name.js';
import type { SessionKey } from '../core/session/identity.js';
import type { Cipher, SealContext } from '../ports/index.js';

/** What a report says in place of a secret text. It is no text of the format, so nothing can be taken for it. */
const UNTOLD = '(secret)';

type TextLine = Extract<BodyLine, { readonly text: string }>;

/**
 * The secret attributes of a session class. On this node their texts are plain; they are sealed when a message is made
 * for a key, and opened when one is read under it: so a session that moves to a new key is sealed anew by itself.
 */
export class Secrets {
  private readonly names: ReadonlySet<AttributeName>;

  constructor(
    { attributes }: SessionShape,
    private readonly cipher: Cipher | undefined,
  ) {
    this.names = new Set([...attributes.values()].filter(({ isSecret }) => isSecret).map(({ name }) => name));
  }

  /** Lines as they may be told. */
  told(lines: readonly BodyLine[]): readonly BodyLine[] {
    return this.withSecrets(lines, (line) => ({ ...line, text: UNTOLD }));
  }

  /** Lines as they are stored under `key`. What couldn't be opened stays as it is. */
  sealed(lines: readonly BodyLine[], key: SessionKey): readonly BodyLine[] {
    const { cipher } = this;
    if (cipher === undefined) return lines;
    return this.withSecrets(lines, (line) =>
      isSealed(line.text) ? line : { ...line, text: frameSealed(cipher.seal(line.text, contextOf(line, key))) },
    );
  }

  /**
   * Stored lines as this node works with them. One that doesn't open (another key, another place, damaged) stays sealed:
   * whoever accesses the attribute gets an AttributeDecodeError, and the session's other attributes are served.
   */
  opened(lines: readonly BodyLine[], key: SessionKey): readonly BodyLine[] {
    const { cipher } = this;
    if (cipher === undefined) return lines;
    return this.withSecrets(lines, (line) => (isSealed(line.text) ? openedLine(line, cipher, key) : line));
  }

  /** By how many bytes at most sealing enlarges the session. */
  sealingBytesAtMost(attributes: ReadonlyMap<AttributeName, StoredAttribute>): number {
    if (this.cipher === undefined) return 0;
    let bytes = 0;
    for (const name of this.names) {
      const plain = attributes.get(name)?.bytes;
      if (plain !== undefined) bytes += this.cipher.sealedChars(plain) + SEALED_FRAME_CHARS - plain;
    }
    return bytes;
  }

  private withSecrets(lines: readonly BodyLine[], change: (line: TextLine) => TextLine): readonly BodyLine[] {
    if (this.names.size === 0) return lines;
    return lines.map((line) => (line.op !== '-' && this.names.has(line.name) ? change(line) : line));
  }
}

function openedLine(line: TextLine, cipher: Cipher, key: SessionKey): TextLine {
  try {
    return { ...line, text: cipher.open(unframeSealed(line.text), contextOf(line, key)) };
  } catch {
    return line;
  }
}

function contextOf(line: TextLine, key: SessionKey): SealContext {
  const [content, attributeVersion] =
    line.op === '=' ? (['value', line.version] as const) : (['patch', undefined] as const);
  return { key, attribute: line.name, content, attributeVersion, formatVersion: FORMAT_VERSION };
}

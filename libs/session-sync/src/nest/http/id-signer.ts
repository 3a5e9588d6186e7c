import type { SessionId } from '../../core/session/identity.js';
import { formatSignedId, KEY_ID_LENGTH, parseSignedId } from '../../core/session/signed-id.js';
import type { Crypto } from '../../ports/index.js';

interface Key {
  readonly secret: string;
  readonly keyId: string;
}

/** Signs ids with the newest secret and accepts those of every secret: to rotate, put the new one first. */
export class IdSigner {
  private readonly keys: readonly [Key, ...Key[]];

  constructor(
    [newest, ...older]: readonly [string, ...string[]],
    private readonly crypto: Crypto,
  ) {
    this.keys = [this.keyOf(newest), ...older.map((secret) => this.keyOf(secret))];
  }

  sign(id: SessionId): string {
    const [newest] = this.keys;
    return formatSignedId({ id, keyId: newest.keyId, mac: this.macOf(newest, id) });
  }

  /** The id in `text` when one of the secrets signed it. */
  verify(text: string): SessionId | undefined {
    const signed = parseSignedId(text);
    const key = this.keys.find((one) => one.keyId === signed?.keyId);
    if (signed === undefined || key === undefined) return undefined;
    return this.crypto.isEqual(signed.mac, this.macOf(key, signed.id)) ? signed.id : undefined;
  }

  private keyOf(secret: string): Key {
    return { secret, keyId: this.crypto.mac(secret, 'key id').slice(0, KEY_ID_LENGTH) };
  }

  private macOf({ secret }: Key, id: SessionId): string {
    return this.crypto.mac(secret, `session id ${id}`);
  }
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AttributeDecodeError, CommitConflictError, UnsupportedValueError } from '../core/errors/index.js';
import { MemorySessionLog, ManualClock } from '../memory/index.js';
import type { Cipher, SealContext, StoredMessage } from '../ports/index.js';
import { MemoryNode } from '../testing/memory-node.js';
import { HookedLog } from './hooked-log.fixture.js';
import { failureOf, nodesWith, sessionWith } from './options.fixture.js';
import type { Revision } from '../core/session/revision.js';
import type { SessionKey } from '../core/session/identity.js';

const CARD = '4111 1111 1111 1111';

/** AES-256-GCM; what isn't in the context is authenticated with it: nonce and tag come with the text. */
class AesCipher implements Cipher {
  constructor(
    private readonly key: Buffer = randomBytes(32),
    private readonly bucket = 'test',
  ) {}

  seal(text: string, context: SealContext): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(this.aad(context));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `k1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
  }

  open(sealed: string, context: SealContext): string {
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, 12)).setAAD(this.aad(context));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  }

  sealedChars(textBytes: number): number {
    return 3 + Math.ceil(((textBytes + 28) * 4) / 3);
  }

  private aad({ key, attribute, content, attributeVersion, formatVersion }: SealContext): Buffer {
    return Buffer.from(JSON.stringify([this.bucket, key, attribute, content, attributeVersion, formatVersion]));
  }
}

const secretRows = () => Array.from({ length: 200 }, (_, i) => ({ id: i, number: CARD }));

/** A log whose answers a test may tamper with. */
class TamperedLog extends HookedLog {
  tamper: (message: StoredMessage) => StoredMessage = (message) => message;

  override async readNewest(...args: Parameters<HookedLog['readNewest']>): ReturnType<HookedLog['readNewest']> {
    const newest = await super.readNewest(...args);
    return newest.kind === 'message' ? { ...newest, message: this.tamper(newest.message) } : newest;
  }
}

function sealedNodes(cipher: Cipher = new AesCipher(), options: object = {}) {
  const clock = new ManualClock();
  const log = new TamperedLog(new MemorySessionLog({ clock }));
  const session = sessionWith({ mutable: true, secret: true, ...options }, undefined);
  const make = (other: Cipher = cipher) => new MemoryNode(session, { log, clock, cipher: other });
  return { a: make(), b: make(), make, log };
}

describe('a secret attribute', () => {
  it('is told by its name only', async () => {
    const { a } = nodesWith({ mutable: true, secret: true }, undefined);
    const { key } = await a.unit(undefined, (unit) => (unit.set('x', secretRows()), unit.set('other', 1)));
    await a.unit(key, (unit) => void ((unit.mutate('x') as { number: string }[])[3]!.number = '4242'));
    await a.unit(key, (unit) => unit.delete('x'));
    expect(a.commits.map(({ difference }) => difference)).toEqual(['=x (secret)\n=other 1', '~x (secret)', '-x']);
    expect(JSON.stringify(a.commits)).not.toMatch(/4111|4242/);
  });

  it('is stored in the clear while nothing seals it', async () => {
    const { a, log } = nodesWith({ secret: true }, '');
    await a.unit(undefined, (unit) => unit.set('x', CARD));
    expect(log.appended[0]?.body).toBe(`=x "${CARD}"`);
  });

  it.each<[string, unknown, unknown, typeof UnsupportedValueError | typeof CommitConflictError]>([
    ['a value that cannot be stored', [], () => new Map([[CARD, () => 1]]), UnsupportedValueError],
    ['a conflict', new Map(), (n: number) => new Map([[CARD, n]]), CommitConflictError],
  ])('names no path inside it in the error of %s', async (_what, initial, made, errorClass) => {
    const { a, b } = nodesWith({ mutable: true, secret: true }, initial);
    const { key } = await a.unit(undefined, (unit) => unit.set('other', 1));
    const [mine, theirs] = [await a.open(key), await b.open(key)];
    if (errorClass === CommitConflictError) {
      theirs.set('x', (made as (n: number) => unknown)(1));
      await theirs.finish();
    }
    mine.set('x', (made as (n: number) => unknown)(2));
    const failure = await failureOf(mine.finish());
    expect(failure).toBeInstanceOf(errorClass);
    expect(JSON.stringify(failure) + String((failure as Error).stack)).not.toContain('4111');
    expect(failure).toMatchObject(errorClass === CommitConflictError ? { paths: ['x'] } : { path: 'x' });
  });

  it.each<[string, string, (cards: Record<string, object>) => unknown]>([
    ['a getter', 'read', (cards) => Object.defineProperty(cards[CARD], 'f', { get: () => 1, enumerable: true })],
    ['a getter', 'proxy', (cards) => Object.defineProperty(cards[CARD], 'f', { get: () => 1, enumerable: true })],
    ['a symbol key', 'read', (cards) => (cards['other'] = { [Symbol(CARD)]: 1 })],
    ['a symbol key', 'proxy', (cards) => Object.assign(cards[CARD] ?? {}, { [Symbol(CARD)]: 1 })],
    ['freezing', 'proxy', (cards) => Object.freeze(cards[CARD])],
  ])('tells neither path nor name in the error of %s under %s', async (_what, track, change) => {
    const { a } = nodesWith({ mutable: true, secret: true, track }, { [CARD]: {} });
    const failure = await failureOf(
      a.unit(undefined, (unit) => void change(unit.mutate('x') as Record<string, object>)),
    );
    expect(failure).toBeInstanceOf(UnsupportedValueError);
    expect(failure).toMatchObject({ path: 'x' });
    expect(JSON.stringify(failure) + String((failure as Error).stack)).not.toContain('4111');
  });

  it('is not quoted by the error of a comparator or of the decoder', async () => {
    const compare = (): boolean => {
      throw new Error(CARD);
    };
    const { a, log } = nodesWith({ secret: true, compare }, '');
    const failures = [await failureOf(a.unit(undefined, (unit) => unit.set('x', CARD)))];
    const { a: writer } = nodesWith({ secret: true }, '', { log });
    const { key } = await writer.unit(undefined, (unit) => unit.set('x', { $: CARD }));
    const damaged = new TamperedLog(log);
    damaged.tamper = (message) => ({ ...message, body: `=x {"$date":"${CARD}"}` });
    const { a: reader } = nodesWith({ secret: true }, '', { log: damaged });
    failures.push(await failureOf(reader.unit(key, (unit) => void unit.read('x'))));
    expect(failures).toMatchObject([{ code: 'ATTRIBUTE_COMPARE' }, { code: 'ATTRIBUTE_DECODE', attribute: 'x' }]);
    for (const failure of failures) {
      expect(String((failure as Error).stack)).not.toContain('4111');
      expect((failure as Error).cause).toBeUndefined();
    }
  });
});

describe('a cipher', () => {
  it('seals values and patches: no plain text is stored, and every node reads the same', async () => {
    const { a, b, log } = sealedNodes();
    const { key } = await a.unit(undefined, (unit) => (unit.set('x', secretRows()), unit.set('other', 1)));
    await a.unit(key, (unit) => void ((unit.mutate('x') as { number: string }[])[3]!.number = '4242 4242'));
    const unit = await b.open(key);
    expect(unit.read('x')).toMatchObject({ 2: { number: CARD }, 3: { number: '4242 4242' } });
    expect(unit.read('other')).toBe(1);
    expect(log.appended.map(({ body }) => body.replace(/"k1\.[\w-]+"/, '…'))).toEqual([
      '=x {"$sealed":…}\n=other 1',
      '~x {"$sealed":…}',
    ]);
    // Short words of letters and digits turn up in sealed text by chance; these hold what it is never written with.
    const text = log.appended.map(({ body }) => body).join('\n');
    for (const plain of [CARD, '4242 4242', '"number"']) expect(text).not.toContain(plain);
    expect(log.appended[1]!.body.length).toBeLessThan(300);
  });

  it('merges, moves to a new id and goes on from sealed state as from plain', async () => {
    const { a, b, make, log } = sealedNodes();
    const { key } = await a.unit(undefined, (unit) => unit.set('x', ['a']));
    const [mine, theirs] = [await a.open(key), await b.open(key)];
    (theirs.mutate('x') as string[]).push('b');
    await theirs.finish();
    (mine.mutate('x') as string[]).unshift('c');
    await mine.regenerate();
    await mine.finish();
    expect((await make().open(mine.key)).read('x')).toEqual(['c', 'a', 'b']);
    expect(log.appended.map(({ body }) => body).join('\n')).not.toMatch(/"[abc]"/);
  });

  it.each<[string, (body: string, foreign: string) => string]>([
    ['of another session', (body, foreign) => body.replace(/^=x .*$/m, foreign)],
    ['that was changed', (body) => body.replace(/....("\})/, 'AAAA$1')],
  ])('refuses a text %s, and serves the other attributes', async (_what, tamper) => {
    const { a, make, log } = sealedNodes();
    const { key } = await a.unit(undefined, (unit) => (unit.set('x', 'one'), unit.set('other', 1)));
    await a.unit(undefined, (unit) => unit.set('x', 'two'));
    const foreign = log.appended[1]!.body;
    log.tamper = (message) => ({ ...message, body: tamper(message.body, foreign) });
    const unit = await make().open(key);
    expect(unit.read('other')).toBe(1);
    expect(() => unit.read('x')).toThrow(AttributeDecodeError);
    expect(() => unit.read('x')).toThrow(/sealed, and this node has no key that opens it here/);
  });

  it('refuses a value in the place of a patch, though it has the form of one', async () => {
    const { a, make, log } = sealedNodes();
    const forging = Array.from({ length: 300 }, () => ['set', [0], 'forged']);
    const { key } = await a.unit(undefined, (unit) => unit.set('x', forging));
    const value = log.appended[0]!.body.slice('=x '.length);
    await a.unit(key, (unit) => void ((unit.mutate('x') as unknown[])[3] = 'other'));
    expect(log.appended[1]!.body).toMatch(/^~x/);
    log.tamper = (message) => ({ ...message, body: `~x ${value}` });
    log.readRange = async (...args) => {
      const messages = await HookedLog.prototype.readRange.apply(log, args);
      return messages.map((message) => (message.revision > messages[0]!.revision ? log.tamper(message) : message));
    };
    const unit = await make().open(key);
    expect(() => unit.read('x')).toThrow(AttributeDecodeError);
  });

  it('keeps what it cannot open as it is, so that another node can', async () => {
    const { a, make, log } = sealedNodes();
    const { key } = await a.unit(undefined, (unit) => unit.set('x', 'one'));
    await make(new AesCipher()).unit(key, (unit) => unit.set('other', 2));
    expect(log.appended.at(-1)?.replacesEarlier).toBe(true);
    const unit = await make().open(key);
    expect([unit.read('x'), unit.read('other')]).toEqual(['one', 2]);
  });

  it('reads what was stored in the clear before there was one, and seals it with the next change', async () => {
    const { a, b, log } = sealedNodes();
    const { a: before } = nodesWith({ mutable: true, secret: true }, undefined, { log });
    const { key } = await before.unit(undefined, (unit) => unit.set('x', ['plain']));
    expect((await a.open(key)).read('x')).toEqual(['plain']);
    await a.unit(key, (unit) => unit.set('other', 1));
    expect(log.appended.at(-1)?.body).not.toContain('plain');
    expect((await b.open(key)).read('x')).toEqual(['plain']);
  });

  it('counts what it adds against the limit of the session', async () => {
    const clock = new ManualClock();
    const node = (cipher?: Cipher) =>
      new MemoryNode(sessionWith({ secret: true }, ''), {
        clock,
        log: new MemorySessionLog({ clock }),
        settings: { maxSessionBytes: 1_200 },
        ...(cipher && { cipher }),
      });
    const set = (size: number) => (unit: { set(name: string, value: unknown): void }) =>
      unit.set('x', 'x'.repeat(size));
    expect(await failureOf(node().unit(undefined, set(1_000)))).toBeUndefined();
    const sealing = node(new AesCipher());
    expect(await failureOf(sealing.unit(undefined, set(1_000)))).toMatchObject({ code: 'SESSION_TOO_LARGE' });
    expect(await failureOf(sealing.unit(undefined, set(800)))).toBeUndefined();
    const [largest] = await storedBodies(sealing, await keyOf(sealing, set(800)));
    expect(largest!.length).toBeLessThanOrEqual(1_200);
  });
});

async function keyOf(node: MemoryNode, work: Parameters<MemoryNode['unit']>[1]): Promise<SessionKey> {
  return (await node.unit(undefined, work)).key!;
}

async function storedBodies(node: MemoryNode, key: SessionKey): Promise<string[]> {
  const messages = await node.log.readRange(key, 0 as Revision, Number.MAX_SAFE_INTEGER as Revision, 1_000);
  return messages.map(({ body }) => body);
}

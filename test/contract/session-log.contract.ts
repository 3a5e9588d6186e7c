import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogHeader, Revision, SessionLog } from 'nest-session-sync/testing';
import {
  appended,
  appendedMany,
  kinds,
  message,
  newestOf,
  NOTHING,
  randomKey,
  TIMEOUT_MS,
} from '../support/session-messages.js';

/** A log under test, with what only its maker knows. */
export interface SessionLogUnderTest {
  readonly log: SessionLog;
  /** Lets so much time pass that messages kept for `keepMs` have expired, and their marker stands. */
  passKeepTime(keepMs: number): Promise<void>;
  /** Lets the marker of an expired session go too. */
  passMarkerTime(): Promise<void>;
  close(): Promise<void>;
}

/** What every SessionLog holds (ports/session-log.ts). */
export function sessionLogContract(name: string, open: () => Promise<SessionLogUnderTest>): void {
  describe(`session log: ${name}`, () => {
    let subject: SessionLogUnderTest;
    let log: SessionLog;

    beforeAll(async () => {
      subject = await open();
      log = subject.log;
    });
    afterAll(() => subject?.close());

    describe('append', () => {
      it('stores at the expected revision, refuses at any other', async () => {
        const key = randomKey();
        const first = await appended(log, key, 'one');
        const second = await appended(log, key, 'two', first);
        expect(second).toBeGreaterThan(first);
        for (const stale of [NOTHING, first, (second + 1000) as Revision]) {
          expect(await log.append(key, message('late'), stale, TIMEOUT_MS)).toEqual({ kind: 'refused' });
        }
        expect((await newestOf(log, key)).body).toBe('two');
      });

      it('lets one of 16 concurrent appends win, 50 times over', async () => {
        const key = randomKey();
        let revision = NOTHING;
        for (let round = 0; round < 50; round++) {
          const outcomes = await Promise.all(
            Array.from({ length: 16 }, (_, writer) =>
              log.append(key, message(`${round}/${writer}`), revision, TIMEOUT_MS),
            ),
          );
          const { accepted, refused = 0, busy = 0 } = kinds(outcomes);
          expect([accepted, refused + busy]).toEqual([1, 15]);
          const winner = outcomes.findIndex((outcome) => outcome.kind === 'accepted');
          const newest = await newestOf(log, key);
          expect(newest.body).toBe(`${round}/${winner}`);
          expect(newest.revision).toBeGreaterThan(revision);
          revision = newest.revision;
        }
        expect(await log.readRange(key, NOTHING, revision, TIMEOUT_MS)).toHaveLength(50);
      });

      it('keeps two sessions apart', async () => {
        const [one, other] = [randomKey(), randomKey()];
        const first = await appended(log, one, 'of one');
        await appended(log, other, 'of the other');
        const third = await appended(log, one, 'of one again', first);
        expect(third).toBeGreaterThan(first);
        expect((await newestOf(log, other)).body).toBe('of the other');
        expect((await log.readRange(one, first, third, TIMEOUT_MS)).map((stored) => stored.body)).toEqual([
          'of one',
          'of one again',
        ]);
      });

      it('refuses what is too large before it is sent, and goes on working', async () => {
        const key = randomKey();
        const first = await appended(log, key, 'small');
        const outcome = await log.append(key, message('x'.repeat(log.maxMessageBytes + 1)), first, TIMEOUT_MS);
        expect(outcome).toMatchObject({ kind: 'tooLarge', maxBytes: log.maxMessageBytes });
        await appended(log, key, 'still small', first);
      });

      it('takes a message of exactly the stated size', async () => {
        const key = randomKey();
        const headers: readonly LogHeader[] = [['Ses-Kind', 'snapshot']];
        const body = 'x'.repeat(log.maxMessageBytes - 'Ses-Kind: snapshot\r\n'.length);
        await appended(log, key, message(body, { headers, replacesEarlier: true, keepMs: 99 * 86_400_000 }));
        expect((await newestOf(log, key)).body).toHaveLength(body.length);
        const oneMore = message(`${body}x`, { headers, replacesEarlier: true });
        expect(await log.append(randomKey(), oneMore, NOTHING, TIMEOUT_MS)).toEqual({
          kind: 'tooLarge',
          bytes: log.maxMessageBytes + 1,
          maxBytes: log.maxMessageBytes,
        });
      });

      it('is full at its limit, for all but a message that replaces the earlier ones', async () => {
        const key = randomKey();
        expect(log.maxMessages).toBe(1024);
        const revisions = await appendedMany(log, key, log.maxMessages);
        const last = revisions.at(-1) ?? NOTHING;
        expect(await log.append(key, message('one too many'), last, TIMEOUT_MS)).toEqual({ kind: 'full' });
        expect(await log.readRange(key, NOTHING, last, TIMEOUT_MS)).toHaveLength(log.maxMessages);
        const replaced = await appended(log, key, message('all', { replacesEarlier: true }), last);
        await appended(log, key, 'and on', replaced);
      });
    });

    describe('what comes back', () => {
      it('is what was appended: headers in order, unicode, empty bodies', async () => {
        const key = randomKey();
        const headers: readonly LogHeader[] = [
          ['Ses-Zeta', '1'],
          ['ses-alpha', 'lower case name'],
          ['Ses-Empty', ''],
          ['Ses-Unicode', 'Zürich ☂ 日本 😀'],
          ['Ses-Colon', 'a:b: c'],
        ];
        const body = JSON.stringify({ text: 'Grüße\r\n\u0000\u2028😀', n: 1 });
        const first = await appended(log, key, message(body, { headers }));
        const second = await appended(log, key, message('', { headers: [] }), first);
        const [one, two] = await log.readRange(key, first, second, TIMEOUT_MS);
        expect(one).toMatchObject({ revision: first, headers, body });
        expect(two).toMatchObject({ revision: second, headers: [], body: '' });
        expect(await newestOf(log, key)).toEqual(two);
      });

      it('carries the time of the store, close to what storeNow says', async () => {
        const key = randomKey();
        const before = log.storeNow();
        await appended(log, key, 'now');
        const { storedAt } = await newestOf(log, key);
        expect(storedAt).toBeGreaterThanOrEqual(before - 100);
        expect(storedAt).toBeLessThanOrEqual(log.storeNow() + 100);
      });
    });

    describe('readNewest', () => {
      it('says absent at 0 for a session nobody wrote', async () => {
        expect(await log.readNewest(randomKey(), undefined, TIMEOUT_MS)).toEqual({ kind: 'absent', revision: 0 });
      });

      it.each([
        ['small', 100],
        ['large', 20_000],
      ])('says unchanged for a known %s message, and gives a newer one', async (_size, bytes) => {
        const key = randomKey();
        const first = await appended(log, key, 'x'.repeat(bytes));
        expect(await log.readNewest(key, { revision: first, bytes }, TIMEOUT_MS)).toEqual({ kind: 'unchanged' });
        const second = await appended(log, key, 'y', first);
        const third = await appended(log, key, 'z', second);
        expect(await log.readNewest(key, { revision: first, bytes }, TIMEOUT_MS)).toMatchObject({
          kind: 'message',
          message: { revision: third, body: 'z' },
        });
      });

      it('never answers with less than what was acknowledged before', async () => {
        const key = randomKey();
        let revision = NOTHING;
        for (let round = 0; round < 200; round++) {
          revision = await appended(log, key, String(round), revision);
          expect((await newestOf(log, key)).revision).toBe(revision);
        }
      });
    });

    describe('readRange', () => {
      it('gives the messages between two revisions in order, both ends included', async () => {
        const [key, other] = [randomKey(), randomKey()];
        const revisions = await appendedMany(log, key, 3);
        await appended(log, other, 'in between');
        const [, second = NOTHING, third = NOTHING] = revisions;
        const fourth = await appended(log, key, 'message 3', third);
        const fifth = await appended(log, key, 'message 4', fourth);
        expect((await log.readRange(key, second, fourth, TIMEOUT_MS)).map((stored) => stored.body)).toEqual([
          'message 1',
          'message 2',
          'message 3',
        ]);
        expect((await log.readRange(key, fifth, fifth, TIMEOUT_MS)).map((stored) => stored.revision)).toEqual([fifth]);
        expect(await log.readRange(key, (fifth + 1) as Revision, (fifth + 50) as Revision, TIMEOUT_MS)).toEqual([]);
        expect(await log.readRange(randomKey(), NOTHING, fifth, TIMEOUT_MS)).toEqual([]);
      });

      it('shows no message that was replaced', async () => {
        const key = randomKey();
        const revisions = await appendedMany(log, key, 5);
        const last = revisions.at(-1) ?? NOTHING;
        const snapshot = await appended(log, key, message('snapshot', { replacesEarlier: true }), last);
        const delta = await appended(log, key, 'delta', snapshot);
        expect((await log.readRange(key, NOTHING, delta, TIMEOUT_MS)).map((stored) => stored.body)).toEqual([
          'snapshot',
          'delta',
        ]);
      });
    });

    it('reached is at least every acknowledged revision', async () => {
      const key = randomKey();
      const revision = await appended(log, key, 'x');
      expect(await log.reached(key, TIMEOUT_MS)).toBeGreaterThanOrEqual(revision);
    });

    it('forgets expired sessions, and takes new ones at the revision it names', async () => {
      const [key, other] = [randomKey(), randomKey()];
      const keepMs = 2000;
      const first = await appended(log, key, message('short-lived', { keepMs }));
      const large = message('x'.repeat(5000), { keepMs });
      const known = { revision: await appended(log, other, large), bytes: 5000 };
      await subject.passKeepTime(keepMs);
      const marked = await log.readNewest(key, undefined, TIMEOUT_MS);
      if (marked.kind !== 'absent') throw new Error(`still there: ${marked.kind}`);
      expect(marked.revision).toBeGreaterThan(first);
      expect(await log.readRange(key, NOTHING, (first + 1000) as Revision, TIMEOUT_MS)).toEqual([]);
      for (const stale of [NOTHING, first]) {
        expect(await log.append(key, message('late'), stale, TIMEOUT_MS)).toEqual({ kind: 'refused' });
      }
      await appended(log, key, 'over the marker', marked.revision);

      await subject.passMarkerTime();
      // Who knew the message learns of its end at the latest after a refusal.
      expect(await log.append(other, message('late'), known.revision, TIMEOUT_MS)).toEqual({ kind: 'refused' });
      expect(await log.readNewest(other, known, TIMEOUT_MS)).toEqual({ kind: 'absent', revision: 0 });
      expect(await appended(log, other, 'where even the marker has gone')).toBeGreaterThan(known.revision);
      expect((await newestOf(log, key)).body).toBe('over the marker');
    });
  });
}

import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../memory/index.js';
import type { ConnectionEvent, NatsClient, PublishOptions } from './client/nats-client.js';
import type { NatsMessage } from './client/nats-message.js';
import { ReplyMux, type Reply } from './reply-mux.js';

const BODY = new Uint8Array([1]);

/** A client that remembers what was published, and answers when told. */
class FakeClient implements NatsClient {
  isConnected = true;
  readonly isClosed = false;
  readonly server = { version: '2.14.0', isClustered: false, maxPayloadBytes: 1000 };
  readonly address = 'nats://fake:4222';
  readonly published: { subject: string; reply: string }[] = [];
  publishError: Error | undefined;
  private received: (message: NatsMessage) => void = () => undefined;
  private listener: (event: ConnectionEvent) => void = () => undefined;
  fail: (what: string) => void = () => undefined;

  publish(subject: string, _body: Uint8Array, options: PublishOptions = {}): void {
    if (this.publishError !== undefined) throw this.publishError;
    this.published.push({ subject, reply: options.reply ?? '' });
  }

  subscribe(_subject: string, received: (message: NatsMessage) => void, failed: (what: string) => void): () => void {
    this.received = received;
    this.fail = failed;
    return () => undefined;
  }

  newInbox(): string {
    return '_INBOX.fake';
  }

  onEvent(listener: (event: ConnectionEvent) => void): () => void {
    this.listener = listener;
    return () => undefined;
  }

  tell(event: ConnectionEvent): void {
    this.listener(event);
  }

  answer(number: number, text: string, status = 0): void {
    this.received({
      subject: this.published[number]?.reply ?? '',
      body: new TextEncoder().encode(text),
      status,
      statusText: '',
      text: () => text,
      header: () => undefined,
      headers: () => [],
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

describe('ReplyMux', () => {
  let client: FakeClient;
  let clock: ManualClock;
  let mux: ReplyMux;

  beforeEach(() => {
    client = new FakeClient();
    clock = new ManualClock();
    mux = new ReplyMux(client, clock);
  });

  const ask = (subject = 'a', timeoutMs = 1000): Promise<Reply> => mux.ask({ subject, body: BODY, timeoutMs });

  it('gives each question its own answer, in whatever order they come', async () => {
    const asked = Promise.all([ask(), ask(), ask()]);
    for (const number of [2, 0, 1]) client.answer(number, `to ${number}`);
    const texts = (await asked).map((reply) => (reply.kind === 'message' ? reply.message.text() : reply.kind));
    expect(texts).toEqual(['to 0', 'to 1', 'to 2']);
  });

  it('knows that nobody listens', async () => {
    const asked = ask();
    client.answer(0, '', 503);
    expect(await asked).toEqual({ kind: 'noResponders' });
  });

  it('takes several answers until the last', async () => {
    const seen: string[] = [];
    const isLast = (message: NatsMessage): boolean => message.status !== 0 || seen.push(message.text()) > 9;
    const asked = mux.ask({ subject: 'a', body: BODY, timeoutMs: 1000, isLast });
    client.answer(0, 'one');
    client.answer(0, 'two');
    client.answer(0, '', 204);
    expect(await asked).toMatchObject({ kind: 'message', message: { status: 204 } });
    expect(seen).toEqual(['one', 'two']);
  });

  it('gives a question up when its time is over, never later, each at its own', async () => {
    const over: string[] = [];
    void ask('short', 100).then((reply) => over.push(`short ${reply.kind} ${clock.monotonicMs()}`));
    void ask('long', 500).then((reply) => over.push(`long ${reply.kind} ${clock.monotonicMs()}`));
    await clock.advance(1000);
    expect(over).toEqual(['short lost 80', 'long lost 480']);
    expect(clock.sleeping).toBe(0);
    client.answer(0, 'too late');
  });

  it('sends nothing while there is no connection', async () => {
    client.isConnected = false;
    expect(await ask()).toEqual({ kind: 'notSent', what: 'not connected to nats://fake:4222' });
    expect(client.published).toEqual([]);
  });

  it('says that nothing was sent when the client refused it', async () => {
    client.publishError = new Error('max_payload size exceeded');
    expect(await ask()).toEqual({ kind: 'notSent', what: 'max_payload size exceeded' });
  });

  it('gives everything up at a disconnect, and goes on after it', async () => {
    const asked = Promise.all([ask(), ask()]);
    client.tell({ kind: 'disconnected' });
    expect((await asked).map((reply) => reply.kind)).toEqual(['lost', 'lost']);
    const again = ask();
    client.answer(2, 'back');
    expect(await again).toMatchObject({ kind: 'message' });
  });

  it('tells a refused publish from others, and admits when it can not', async () => {
    const [one, other] = [ask('denied'), ask('allowed')];
    client.tell({ kind: 'denied', subject: 'denied', what: 'Permissions Violation' });
    client.answer(1, 'fine');
    expect([(await one).kind, (await other).kind]).toEqual(['denied', 'message']);
    const twice = Promise.all([ask('denied'), ask('denied')]);
    client.tell({ kind: 'denied', subject: 'denied', what: 'Permissions Violation' });
    expect((await twice).map((reply) => reply.kind)).toEqual(['lost', 'lost']);
  });

  it('sends nothing any more once it can not hear answers', async () => {
    const asked = ask();
    client.fail('Permissions Violation for Subscription');
    expect(await asked).toMatchObject({ kind: 'lost' });
    expect(await ask()).toMatchObject({ kind: 'notSent', what: expect.stringContaining('Subscription') as string });
    expect(client.published).toHaveLength(1);
  });

  it('answers what is pending when it is closed', async () => {
    const asked = ask();
    mux.close();
    expect(await asked).toMatchObject({ kind: 'lost' });
    expect(await ask()).toMatchObject({ kind: 'notSent' });
  });
});

import { Agent, request, type IncomingMessage } from 'node:http';

export interface Answer {
  /** 0 when the connection broke: nobody knows whether the request arrived. */
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: unknown;
  readonly elapsedMs: number;
}

export interface Question {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object;
}

const ANSWER_WITHIN_MS = 15_000;

/** A client with one session, which it shows to whichever gateway it talks to. */
export class Visitor {
  private readonly agent = new Agent({ keepAlive: true });
  private cookie = '';

  async ask(gatewayUrl: string, question: Question): Promise<Answer> {
    const startedAt = performance.now();
    const answer = await this.send(gatewayUrl, question).catch(() => undefined);
    const elapsedMs = performance.now() - startedAt;
    if (answer === undefined) return { status: 0, retryAfter: undefined, body: undefined, elapsedMs };
    const { message, text } = answer;
    const [setCookie] = message.headers['set-cookie'] ?? [];
    if (setCookie !== undefined) this.cookie = setCookie.split(';')[0] ?? '';
    return {
      status: message.statusCode ?? 0,
      retryAfter: message.headers['retry-after'],
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
      elapsedMs,
    };
  }

  /** The bearer id, without its signature. */
  get sessionId(): string {
    return this.cookie.slice(this.cookie.indexOf('=') + 1).split('.')[0] ?? '';
  }

  close(): void {
    this.agent.destroy();
  }

  private send(
    gatewayUrl: string,
    { method, path, body }: Question,
  ): Promise<{ readonly message: IncomingMessage; readonly text: string }> {
    return new Promise((resolve, reject) => {
      const headers = { cookie: this.cookie, ...(body !== undefined && { 'content-type': 'application/json' }) };
      const sent = request(
        new URL(path, gatewayUrl),
        { method, headers, agent: this.agent, timeout: ANSWER_WITHIN_MS },
        (message) => {
          let text = '';
          message.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          message.on('end', () => resolve({ message, text }));
          message.on('error', reject);
        },
      );
      sent.on('timeout', () => sent.destroy(new Error('no answer')));
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

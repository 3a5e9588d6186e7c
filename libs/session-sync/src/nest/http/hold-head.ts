import type { ServerResponse } from 'node:http';
import { refuse } from './refuse.js';
import { takeSetCookies } from './take-set-cookies.js';

/** What has to come before a response's first byte. */
export interface BeforeHead {
  /** Whether there is nothing left to wait for. */
  readonly isOver: boolean;
  settle(): Promise<void>;
}

const WRITING = ['writeHead', 'write', 'end', 'flushHeaders'] as const;
type Writing = (typeof WRITING)[number];
type AnyFunction = (...args: unknown[]) => unknown;

/**
 * Holds a response's first byte back until `before` has settled; if that fails, the client is answered the error and
 * what the handler wrote is dropped. For handlers that write the response themselves.
 */
export function holdHead(response: ServerResponse, before: BeforeHead): void {
  const held = new HeldResponse(response, before);
  for (const name of WRITING) {
    const original = (response[name] as AnyFunction).bind(response);
    const replacement: AnyFunction = (...args) => held.write(name, original, args);
    Object.defineProperty(response, name, { value: replacement, writable: true, configurable: true });
  }
}

interface HeldCall {
  readonly name: Writing;
  readonly original: AnyFunction;
  readonly args: unknown[];
}

class HeldResponse {
  private state: 'open' | 'waiting' | 'released' | 'refused' = 'open';
  private calls: HeldCall[] = [];
  private statusCode = 200;
  private statusMessage = '';

  constructor(
    private readonly response: ServerResponse,
    private readonly before: BeforeHead,
  ) {}

  write(name: Writing, original: AnyFunction, args: unknown[]): unknown {
    if (this.state === 'open' && this.before.isOver) this.state = 'released';
    if (this.state === 'released') return original(...args);
    // What follows a refused head goes nowhere, and says so to nobody: the client has its answer.
    if (this.state === 'refused') return name === 'write' ? true : this.response;
    if (!this.calls.some((call) => call.name === 'end')) this.calls.push({ name, original, args });
    if (this.state === 'open') void this.wait();
    return name === 'write' ? false : this.response;
  }

  private async wait(): Promise<void> {
    this.state = 'waiting';
    ({ statusCode: this.statusCode, statusMessage: this.statusMessage } = this.response);
    // To everybody else the head is sent: a second answer must not come in between.
    Object.defineProperty(this.response, 'headersSent', { value: true, configurable: true });
    try {
      await this.before.settle();
    } catch (error) {
      return this.drop(error);
    }
    try {
      this.release();
    } catch {
      // What the handler wrote can't be sent (an invalid header), and nobody is left to be told.
      this.response.destroy();
    }
  }

  private release(): void {
    this.reopen();
    for (const { name, original, args } of this.calls) {
      if (name === 'writeHead') takeSetCookies(this.response, args);
      original(...args);
    }
    const isWriterWaiting = this.calls.some((call) => call.name === 'write');
    this.calls = [];
    if (isWriterWaiting && !this.response.writableNeedDrain) this.response.emit('drain');
  }

  private drop(error: unknown): void {
    this.reopen();
    this.calls = [];
    refuse(this.response, error);
    this.state = 'refused';
  }

  private reopen(): void {
    this.state = 'released';
    Reflect.deleteProperty(this.response, 'headersSent');
    this.response.statusCode = this.statusCode;
    this.response.statusMessage = this.statusMessage;
  }
}

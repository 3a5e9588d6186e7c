import type { LogHeader } from '../../ports/index.js';

/** A message as the client delivers it. Headers are decoded only when asked for. */
export interface NatsMessage {
  readonly subject: string;
  readonly body: Uint8Array;
  /** Status of the header line, as 404 or 503; 0 = none: a message somebody published. */
  readonly status: number;
  readonly statusText: string;
  text(): string;
  /** First value of a header, undefined when it isn't there. */
  header(name: string): string | undefined;
  /** All headers in order; empty when there are none or they can't be read. */
  headers(): readonly LogHeader[];
}

import type { NatsConnection } from '@nats-io/transport-node';

/**
 * How to reach NATS. Everything beside `servers` is passed on to the client as it is (user, pass, token, tls,
 * authenticator, pingInterval, …); its reconnecting is unlimited with jitter unless told otherwise here.
 */
export interface NatsServersOptions {
  /** `nats://host:4222`, or several of one cluster. */
  readonly servers: string | readonly string[];
  readonly user?: string;
  readonly pass?: string;
  readonly token?: string;
  /** First part of the subjects for replies; default `_INBOX`. */
  readonly inboxPrefix?: string;
  readonly [clientOption: string]: unknown;
}

/** A connection of the application's own (`@nats-io/transport-node` 3); it is used, and never closed. */
export interface NatsExistingConnection {
  readonly connection: NatsConnection;
  /** The `inboxPrefix` that connection was made with, if any. */
  readonly inboxPrefix?: string;
}

/** How NATS is reached: by the addresses of its servers, or by a connection that the application has made. */
export type NatsConnectionOptions = NatsServersOptions | NatsExistingConnection;

/** Whether the application brings its own connection. */
export function isExistingConnection(options: NatsConnectionOptions): options is NatsExistingConnection {
  return 'connection' in options && options.connection !== undefined;
}

/** The addresses in the options, for messages to people; without what stands before an `@`. */
export function addressesOf(options: NatsServersOptions): string {
  const servers = typeof options.servers === 'string' ? [options.servers] : options.servers;
  return servers.map((server) => server.replace(/\/\/[^@/]*@/, '//')).join(', ');
}

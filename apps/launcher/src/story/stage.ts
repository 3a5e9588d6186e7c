import { randomUUID } from 'node:crypto';
import type { NatsConnection } from '@nats-io/transport-node';
import type { EmbeddedNats } from 'nest-session-sync/standalone';
import type { Shop } from '../processes/shop.js';
import { readStoredSession } from '../stored/stored-session.js';
import type { FoldedSession } from '../stored/fold-body.js';
import type { CountingProxy } from '../wire/counting-proxy.js';
import type { Answer, Question, Visitor } from './visitor.js';

/** What the story plays on: real processes, and one visitor with one session. */
export interface Stage {
  readonly shop: Shop;
  readonly visitor: Visitor;
  /** Between the first gateway and NATS. */
  readonly proxy: CountingProxy;
  /** A plain client of the server, reconnecting. */
  readonly nats: NatsConnection;
  /** The nats-server that runs now. */
  readonly server: () => EmbeddedNats;
  /** Starts the server again on its data and its port. */
  readonly restartServer: () => Promise<void>;
}

export const WIDTH = 32;

export const VISIT: Question = { method: 'POST', path: '/api/visits' };

/** The id of a line that isn't in the cart; a thousand such lines are 100 KB. */
export function newLineId(): string {
  return `line-of-the-demo-${randomUUID()}`;
}

/** Says how a line of the cart stands; repeating it is harmless. */
export function putLine(id: string, quantity = 1): Question {
  return { method: 'PUT', path: `/api/cart/lines/${id}`, body: { sku: 'oolong', quantity } };
}

/** Asks the gateways in turn. */
export function askInTurn({ shop, visitor }: Stage, turn: number, question: Question): Promise<Answer> {
  return visitor.ask(shop.gatewayUrl(turn % 2), question);
}

/** The visitor's session as NATS has it. */
export function storedSession({ nats, visitor }: Stage): Promise<FoldedSession> {
  return readStoredSession(nats, 'shop', visitor.sessionId);
}

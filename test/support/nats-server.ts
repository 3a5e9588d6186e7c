import { randomBytes } from 'node:crypto';
import {
  startEmbeddedNats,
  type EmbeddedNats,
  type EmbeddedNatsOptions,
} from '../../libs/session-sync/src/nats/index.js';

/** A real nats-server for a test file, ended with the test process in all cases. Fails when none is to be had. */
export function startNats(options: EmbeddedNatsOptions = {}): Promise<EmbeddedNats> {
  return startEmbeddedNats(options);
}

/** A store name no other test uses. */
export function randomName(prefix = 'test'): string {
  return `${prefix}-${randomBytes(6).toString('hex')}`;
}

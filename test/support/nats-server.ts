import { randomBytes } from 'node:crypto';
import { type EmbeddedNats, type EmbeddedNatsOptions, startEmbeddedNats } from 'nest-session-sync/testing';

/** A real nats-server for a test file, ended with the test process in all cases. Fails when none is to be had. */
export function startNats(options: EmbeddedNatsOptions = {}): Promise<EmbeddedNats> {
  return startEmbeddedNats(options);
}

/** A store name no other test uses. */
export function randomName(prefix = 'test'): string {
  return `${prefix}-${randomBytes(6).toString('hex')}`;
}

import { compose } from './compose-session-sync.js';
import { SessionSync } from './session-sync.js';
import { checkOptions, type SessionSyncOptions } from './session-sync-options.js';

/**
 * The session service without Nest: connects to NATS and checks the store. End it with `drain()`.
 * @throws InvalidOptionsError with every problem | StoreUnavailableError | ServerTooOldError | EmbeddedServerError
 */
export async function createSessionSync(options: SessionSyncOptions): Promise<SessionSync> {
  checkOptions(options, 'createSessionSync()');
  return new SessionSync(await compose(options));
}

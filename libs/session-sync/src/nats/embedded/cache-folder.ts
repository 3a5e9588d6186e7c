import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where installed servers are kept: the user's cache folder. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const base = env['XDG_CACHE_HOME'];
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'nest-session-sync');
}

import { ServerTooOldError } from '../core/errors/index.js';
import type { ServerFacts } from './client/nats-client.js';

type Version = readonly [major: number, minor: number, patch: number];

const OLDEST: Version = [2, 10, 0];
const OLDEST_IN_CLUSTER: Version = [2, 10, 23];

/** The version in `text` (`2.14.0`, `v2.11.0-RC.1`, `nats-server: v2.14.0`), undefined when there is none. */
export function parseVersion(text: string): Version | undefined {
  const match = /(\d+)\.(\d+)\.(\d+)/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** Whether `version` is the minimum or newer. */
export function isAtLeast(version: Version, minimum: Version): boolean {
  for (let place = 0; place < 3; place++) {
    const difference = (version[place] ?? 0) - (minimum[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Whether sessions may be kept on a server that says `text` of its version. */
export function isNewEnough(text: string): boolean {
  const version = parseVersion(text);
  return version !== undefined && isAtLeast(version, OLDEST);
}

/** @throws ServerTooOldError with the reason, when sessions wouldn't be safe on this server */
export function refuseOldServer(server: Pick<ServerFacts, 'version' | 'isClustered'>): void {
  if (!isNewEnough(server.version)) {
    throw new ServerTooOldError(
      server.version,
      'before 2.10 a cluster accepts the same conditional write twice (270 acknowledged, 140 stored), and limits and expiry that sessions need are missing. Use 2.10 or newer, best 2.14.',
    );
  }
  const version = parseVersion(server.version);
  if (server.isClustered && version !== undefined && !isAtLeast(version, OLDEST_IN_CLUSTER)) {
    throw new ServerTooOldError(
      server.version,
      'in a cluster, releases before 2.10.23 lost whole streams when a process crashed. Use 2.10.23 or newer, best 2.14.',
    );
  }
}

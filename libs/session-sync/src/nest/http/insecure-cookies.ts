import type { IdOption } from './id-options.js';

/** What should be said of cookies that travel in the clear. */
export function insecureCookieWarnings(id: readonly IdOption[] = []): string[] {
  return id
    .filter((one) => one.kind === 'cookie' && one.options.secure === false)
    .map(
      () =>
        'The session cookie is sent without TLS too (secure: false): whoever reads the traffic can take over sessions. For development only.',
    );
}

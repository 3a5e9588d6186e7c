import { startEmbeddedNats } from 'nest-session-sync/standalone';

/** The NATS of the shop. */
export interface ShopNats {
  readonly url: string;
  /** Resolves when it has ended; never for one that others started. */
  readonly ended: Promise<void>;
  /** Ends it, if it was started here. */
  stop(): Promise<void>;
}

/** The server at `url`, or one of the shop's own whose data is kept in `dataDir`. */
export async function joinOrStartNats(url: string | undefined, dataDir: string): Promise<ShopNats> {
  if (url !== undefined && url !== '') {
    return { url, ended: new Promise(() => undefined), stop: () => Promise.resolve() };
  }
  const server = await startEmbeddedNats({ dataDir });
  return { url: server.url, ended: server.exited, stop: () => server.stop() };
}

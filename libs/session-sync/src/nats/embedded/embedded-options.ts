/** How the embedded server is started. */
export interface EmbeddedNatsOptions {
  /** Folder for its data, made if it isn't there and kept. Without it: a temporary one, removed at the end. */
  readonly dataDir?: string;
  /** Port on 127.0.0.1; default: any free one. */
  readonly port?: number;
  /** Largest message it takes, in bytes; default 1 MiB. */
  readonly maxPayloadBytes?: number;
  /** Further lines of nats-server configuration, for tests. */
  readonly config?: string;
  /** Starts also with `NODE_ENV=production`; default false: it is one process without a replica. */
  readonly allowInProduction?: boolean;
  /** How long it may take until it accepts a connection, in milliseconds; default 30,000. */
  readonly readyTimeoutMs?: number;
  /** Folder for an installed server; default `nest-session-sync` in the user's cache folder. */
  readonly cacheDir?: string;
  /** Environment that decides which server is used (`NATS_SERVER`, `PATH`, `NODE_ENV`, `NATS_URL`); default the process's. */
  readonly env?: NodeJS.ProcessEnv;
  /** Takes one line for people when something takes long; default: standard error. */
  readonly progress?: (line: string) => void;
}

/** A running embedded server. */
export interface EmbeddedNats {
  /** As `nats://127.0.0.1:4222`; hand it to further processes as `NATS_URL`. */
  readonly url: string;
  /** Process id of nats-server; undefined when it was started by another process. */
  readonly pid: number | undefined;
  /** Where its data is; undefined when it was started by another process. */
  readonly dataDir: string | undefined;
  /** Ends it, and waits until it has; a temporary folder is gone then. */
  stop(): Promise<void>;
  /** Sends a signal to nats-server, for tests of outages. */
  signal(signal: NodeJS.Signals): void;
  /** Resolves when it has ended, for whatever reason. */
  readonly exited: Promise<void>;
}

import { join } from 'node:path';

export interface ServerConfig {
  readonly dataDir: string;
  /** -1 = any free one. */
  readonly port: number;
  readonly maxPayloadBytes: number;
  /** Further lines of nats-server configuration. */
  readonly extra: string;
}

/** Files of one embedded server, all in its data folder. */
export function filesIn(dataDir: string): { config: string; log: string; owner: string; ports: string } {
  return {
    config: join(dataDir, 'nats-server.conf'),
    log: join(dataDir, 'nats-server.log'),
    owner: join(dataDir, 'nats-server.pid'),
    ports: join(dataDir, 'ports'),
  };
}

/** Text of the configuration file: this machine only, JetStream on, everything in the data folder. */
export function configText(config: ServerConfig): string {
  const files = filesIn(config.dataDir);
  return [
    `host: "127.0.0.1"`,
    `port: ${config.port}`,
    `server_name: "embedded"`,
    `max_payload: ${config.maxPayloadBytes}`,
    `ports_file_dir: ${quoted(files.ports)}`,
    `log_file: ${quoted(files.log)}`,
    `jetstream { store_dir: ${quoted(config.dataDir)} }`,
    config.extra,
    '',
  ].join('\n');
}

function quoted(path: string): string {
  return JSON.stringify(path.replaceAll('\\', '/'));
}

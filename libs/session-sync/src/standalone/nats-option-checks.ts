import type { EmbeddedNatsOptions, NatsExistingConnection } from '../nats/index.js';

const KINDS = ['servers', 'connection', 'embedded'] as const;
const CONNECTION_OPTIONS: readonly string[] = ['connection', 'inboxPrefix'] satisfies (keyof NatsExistingConnection)[];
const EMBEDDED_OPTIONS: readonly string[] = [
  'dataDir',
  'port',
  'maxPayloadBytes',
  'config',
  'allowInProduction',
  'readyTimeoutMs',
  'cacheDir',
  'env',
  'progress',
] satisfies (keyof EmbeddedNatsOptions)[];

/** What is wrong with the option `nats`. Names beside `servers` are the client's own and aren't known here. */
export function problemsOfNats(nats: unknown): string[] {
  if (nats === 'embedded') return [];
  const kinds = isObject(nats) ? KINDS.filter((kind) => nats[kind] !== undefined) : [];
  if (!isObject(nats) || kinds.length !== 1) {
    return ["nats: say where NATS is, by one of { servers: 'nats://…' }, { connection } and 'embedded'."];
  }
  if (kinds[0] === 'servers') return problemsOfServers(nats['servers']);
  if (kinds[0] === 'connection') return unknownNames(nats, CONNECTION_OPTIONS, 'nats');
  if (!isObject(nats['embedded'])) return ["nats.embedded: must be an object of options; without any say 'embedded'."];
  return [
    ...unknownNames(nats, ['embedded'], 'nats'),
    ...unknownNames(nats['embedded'], EMBEDDED_OPTIONS, 'nats.embedded'),
  ];
}

function problemsOfServers(servers: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(servers) ? servers : [servers];
  const isRight = list.length > 0 && list.every((one) => typeof one === 'string' && one.trim() !== '');
  return isRight ? [] : ["nats.servers: must be an address such as 'nats://host:4222', or a list of at least one."];
}

function unknownNames(options: object, known: readonly string[], where: string): string[] {
  const unknown = Object.keys(options).filter((name) => !known.includes(name));
  return unknown.map((name) => `${where}: unknown option "${name}"; known are ${known.join(', ')}.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

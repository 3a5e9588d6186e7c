import { problemOfPolicy, type UndecodablePolicy } from '../core/access/index.js';
import { InvalidOptionsError } from '../core/errors/index.js';
import { DEFAULT_SETTINGS, type EngineSettings } from '../engine/index.js';
import type { EmbeddedNatsOptions, NatsConnectionOptions, NatsLayout } from '../nats/index.js';
import { problemsOfNats } from './nats-option-checks.js';

/** How sessions are kept: everything that doesn't depend on Nest. Durations in milliseconds. */
export interface SessionSyncOptions {
  /** The session class: its `@SessionAttr()` properties are the attributes, the values of a fresh instance the defaults. */
  readonly session: new () => object;
  /**
   * Prefix of buckets and subjects: nodes of one name share their sessions. 1 to 64 letters, digits, `_` and `-`.
   * @default 'session'
   */
  readonly name?: string;
  /**
   * Where NATS is: its servers (further client options beside them are passed on), a connection of the application's
   * own, which is never closed, or `embedded`: a real nats-server started with this process, for development and tests.
   */
  readonly nats: NatsConnectionOptions | 'embedded' | { readonly embedded: EmbeddedNatsOptions };
  /** How the primary state is laid out in NATS; written once, nodes with other settings are refused. */
  readonly store?: NatsLayout;
  /** A session ends this long after its last use. @default 1,800,000 (30 minutes); at least 1,000 */
  readonly idleMs?: number;
  /** A session ends this long after it began, however much it is used. @default 43,200,000 (12 hours); at least 1,000 */
  readonly absoluteMs?: number;
  /** An open or a commit has its outcome within this time. @default 2,000; at least 50 */
  readonly storeDeadlineMs?: number;
  /**
   * What becomes of an attribute whose stored text can't be read: damaged, of a class that isn't registered, or its
   * migration failed; an attribute may say otherwise. `throw`: reading it throws AttributeDecodeError. `dropAttribute`:
   * it is its default again, and what is stored stays until it is modified next. `freshSession`: a request goes on
   * without a session, as if it had come without one, and the stored one is left alone; where a session is opened by its
   * key, as `throw`. What was passed over is counted in `stats()` and told on `UNDECODABLE_CHANNEL`.
   * @default 'throw'
   */
  readonly onUndecodable?: UndecodablePolicy;
  /**
   * Most bytes of one session, encoded: a commit that would leave more is refused before anything is sent, with a
   * SessionTooLargeError (413). A session that has more already takes only commits that bring it below. At least 1; more
   * than the store takes in one message (the server's `max_payload` less 16 KiB) is refused at start.
   * @default what the store takes
   */
  readonly maxSessionBytes?: number;
  /** Bounds of this node's copies of sessions. */
  readonly clientState?: ClientStateOptions;
}

/** Bounds of a node's copies of the sessions it serves: whatever is dropped is read from the store again. */
export interface ClientStateOptions {
  /** Most sessions kept; those used longest ago go first. @default 10,000; at least 1 */
  readonly maxSessions?: number;
  /** Bytes of encoded attributes. @default 67,108,864 (64 MiB); at least 1 */
  readonly maxBytes?: number;
}

const KNOWN: readonly string[] = [
  'session',
  'name',
  'nats',
  'store',
  'idleMs',
  'absoluteMs',
  'storeDeadlineMs',
  'onUndecodable',
  'maxSessionBytes',
  'clientState',
] satisfies (keyof SessionSyncOptions)[];

/** Options that are designed but not built: refused as such, so that nobody relies on them in vain. */
const NOT_BUILT: Readonly<Record<string, string>> = {
  lock: 'every unit is optimistic',
  leaseMs: 'there are no locks to lease',
  waitMs: 'there are no locks to wait for',
  maxHoldMs: 'there are no locks to hold',
  maxWaiters: 'there are no locks to wait for',
  sticky: 'there are no locks to keep',
  onUnavailable: "requests fail with 503 while the store can't be reached",
  encryption: 'attributes, secret ones too, are stored in the clear',
  maxPerUser: 'sessions are not indexed',
};

/** Problems of options, each a sentence; `alsoKnown` are the names that a composition root adds. */
export function problemsOfOptions(options: object, alsoKnown: readonly string[] = []): string[] {
  const given: Partial<Record<keyof SessionSyncOptions, unknown>> = options;
  return [
    ...problemsOfNames(options, [...KNOWN, ...alsoKnown]),
    ...(typeof given.session === 'function'
      ? []
      : [
          'session: the session class is missing. Give the class itself; if it is given, the files that import it import each other.',
        ]),
    ...problemsOfName(given.name),
    ...problemsOfNats(given.nats),
    ...problemsOfStore(given.store),
    ...problemsOfNumber('idleMs', given.idleMs, 1_000),
    ...problemsOfNumber('absoluteMs', given.absoluteMs, 1_000),
    ...problemsOfNumber('storeDeadlineMs', given.storeDeadlineMs, 50),
    ...problemsOfPolicy(given.onUndecodable),
    ...problemsOfNumber('maxSessionBytes', given.maxSessionBytes, 1),
    ...problemsOfClientState(given.clientState),
  ];
}

/** Refuses options of `createSessionSync` that are wrong. @throws InvalidOptionsError with every problem */
export function checkOptions(options: object, where: string): void {
  const problems = problemsOfOptions(options);
  if (problems.length > 0) throw new InvalidOptionsError(where, problems);
}

export function engineSettings(options: SessionSyncOptions): EngineSettings {
  const { idleMs, absoluteMs, storeDeadlineMs, maxSessionBytes, clientState } = options;
  return {
    ...DEFAULT_SETTINGS,
    ...(idleMs !== undefined && { idleMs }),
    ...(absoluteMs !== undefined && { absoluteMs }),
    ...(storeDeadlineMs !== undefined && { storeDeadlineMs }),
    ...(maxSessionBytes !== undefined && { maxSessionBytes }),
    ...(clientState?.maxSessions !== undefined && { maxSessions: clientState.maxSessions }),
    ...(clientState?.maxBytes !== undefined && { maxClientBytes: clientState.maxBytes }),
  };
}

function problemsOfNames(options: object, known: readonly string[]): string[] {
  return Object.keys(options)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const instead = Object.hasOwn(NOT_BUILT, name) ? NOT_BUILT[name] : undefined;
      return instead === undefined
        ? `unknown option "${name}"; known are ${known.join(', ')}.`
        : `option "${name}" isn't built yet: ${instead}. Leave it out.`;
    });
}

function problemsOfName(name: unknown): string[] {
  if (name === undefined || (typeof name === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(name))) return [];
  return [`name: ${JSON.stringify(name)} isn't 1 to 64 letters, digits, "_" and "-".`];
}

function problemsOfStore(store: unknown): string[] {
  if (store === undefined) return [];
  if (!isObject(store)) return ['store: must be an object.'];
  const { shards = 1, replicas = 1, storage = 'file', ...others } = store;
  const problems = Object.keys(others).map((name) => `store: unknown option "${name}".`);
  if (shards !== 1) problems.push(`store.shards: ${String(shards)} shards aren't built yet; leave it out or say 1.`);
  if (replicas !== 1 && replicas !== 3 && replicas !== 5) problems.push('store.replicas: must be 1, 3 or 5.');
  if (storage !== 'file' && storage !== 'memory') problems.push("store.storage: must be 'file' or 'memory'.");
  return problems;
}

function problemsOfPolicy(policy: unknown): string[] {
  const problem = problemOfPolicy(policy);
  return problem === undefined ? [] : [problem];
}

function problemsOfClientState(clientState: unknown): string[] {
  if (clientState === undefined) return [];
  if (!isObject(clientState)) return ['clientState: must be an object.'];
  const { maxSessions, maxBytes, ...others } = clientState;
  return [
    ...Object.keys(others).map((name) => `clientState: unknown option "${name}".`),
    ...problemsOfNumber('clientState.maxSessions', maxSessions, 1),
    ...problemsOfNumber('clientState.maxBytes', maxBytes, 1),
  ];
}

function problemsOfNumber(name: string, value: unknown, atLeast: number): string[] {
  if (value === undefined || (typeof value === 'number' && Number.isSafeInteger(value) && value >= atLeast)) return [];
  return [`${name}: must be a whole number, at least ${atLeast}.`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

import { fold, parseBody, parseHeaders, type SessionRecord } from '../core/record/index.js';
import type { AttributeName } from '../core/session/attribute-name.js';
import type { SessionKey } from '../core/session/identity.js';
import type { Accepted } from './chaos-log.fixture.js';
import type { ChaosWorld } from './chaos-world.fixture.js';

export interface LedgerState {
  readonly visits: number;
  readonly twin: number;
  readonly lines: readonly string[];
  readonly left: string;
  readonly right: string;
}

/** Reads what the store has accepted, message by message, and judges by that alone what clients were told. */
export class ChaosWitness {
  /** The newest record of each key. */
  readonly newest = new Map<SessionKey, SessionRecord>();
  private readonly stored = new Set<string>();
  /** What a key that a session moved to has to begin with. */
  private readonly inherited = new Map<SessionKey, readonly string[]>();

  constructor(private readonly world: ChaosWorld) {}

  judge(): void {
    for (const accepted of this.world.weather.accepted) this.follow(accepted);
    for (const [line, verdict] of this.world.verdicts) {
      if (verdict === 'stored') this.assert(this.stored.has(line), `acknowledged ${line} was never stored`);
      if (verdict === 'refused') this.assert(!this.stored.has(line), `refused ${line} was stored`);
    }
    for (const { issued } of this.world.sessions) {
      for (const key of issued) this.assert(this.newest.has(key), `the issued id of ${key} leads nowhere`);
    }
  }

  stateOf({ attributes }: SessionRecord): LedgerState {
    const { schema } = this.world;
    const value = (name: string, whenAbsent: unknown): unknown =>
      attributes.get(name as AttributeName)?.valueBy(schema.codecFor(name as AttributeName)) ?? whenAbsent;
    return {
      visits: value('visits', 0) as number,
      twin: value('twin', 0) as number,
      lines: value('lines', []) as string[],
      left: value('left', '') as string,
      right: value('right', '') as string,
    };
  }

  private follow({ key, message, expected, revision, storedAt }: Accepted): void {
    const before = this.newest.get(key);
    const parsed = { ...parseHeaders(message.headers), lines: parseBody(message.body) };
    this.assert(parsed.chain.previous === expected, `${revision} names another predecessor than it expected`);
    if (before !== undefined) {
      // Over the store's own marker of what has expired nothing may come but another end.
      const isEnded = parsed.end !== undefined && parsed.end.movedTo === undefined;
      this.assert(expected === before.revision || isEnded, `${revision} doesn't follow ${before.revision}`);
      this.assert(before.end === undefined, `${revision} came after the end of ${key}`);
    }
    const record = fold(before, parsed, { revision, storedAt }, this.world.schema.codecFor);
    this.newest.set(key, record);
    if (record.end !== undefined && record.end.movedTo === undefined) return;
    const state = this.stateOf(record);
    const former = before === undefined ? (this.inherited.get(key) ?? []) : this.stateOf(before).lines;
    this.compare(revision, new Set(former), state);
    for (const line of state.lines) this.stored.add(line);
    if (record.end?.movedTo !== undefined) this.inherited.set(record.end.movedTo, state.lines);
  }

  private compare(revision: number, former: ReadonlySet<string>, state: LedgerState): void {
    const lines = new Set(state.lines);
    this.assert(lines.size === state.lines.length, `${revision} has a line twice`);
    for (const line of former) this.assert(lines.has(line), `${revision} has lost ${line}`);
    assertWhole(this.world, `message ${revision}`, state);
  }

  private assert(isRight: boolean, what: string): void {
    this.world.assert(isRight, what);
  }
}

/** What one unit changes together is seen together. */
export function assertWhole(world: ChaosWorld, where: string, state: LedgerState): void {
  const { visits, twin, lines, left, right } = state;
  world.assert(visits === twin, `${where}: ${visits} visits, but ${twin}`);
  world.assert(visits === lines.length, `${where}: ${visits} visits, but ${lines.length} lines`);
  world.assert(left === right, `${where}: halves "${left}" and "${right}"`);
}

import { SessionSyncError } from '../core/errors/index.js';
import { expiresAt } from '../core/record/index.js';
import type { SessionKey } from '../core/session/identity.js';
import { ChaosUnit } from './chaos-units.fixture.js';
import { assertWhole, ChaosWitness, type LedgerState } from './chaos-witness.fixture.js';
import { ChaosWorld, type KnownSession } from './chaos-world.fixture.js';
import type { SessionEngine } from './session-engine.js';
import type { UnitOfWork } from './unit-of-work.js';

const CLIENTS = 6;
const HEAL_MS = 40_000;
const READ_ALL_MS = 10_000;

/** One run from one seed. Answers what went wrong. */
export async function chaosRun(seed: number): Promise<ChaosWorld> {
  const world = new ChaosWorld(seed);
  const isOver = await world.clock.runUntil(story(world));
  world.assert(isOver, 'somebody waits for ever');
  return world;
}

async function story(world: ChaosWorld): Promise<void> {
  const { weather, dice, clock } = world;
  const { trouble } = weather;
  weather.trouble = 0;
  for (let count = 1 + dice.below(2); count > 0; count--) await begin(world);
  weather.trouble = trouble;
  await Promise.all(Array.from({ length: CLIENTS }, () => client(world)));
  weather.trouble = 0;
  await clock.sleep(HEAL_MS);
  await Promise.all(world.nodes.map((node) => node.idle()));
  const witness = new ChaosWitness(world);
  witness.judge();
  for (const [key, record] of witness.newest) {
    const leftMs = expiresAt(record) - world.store.storeNow();
    // Too close to call: it may expire while it is read.
    if (leftMs > 0 && leftMs < READ_ALL_MS) continue;
    const state = record.end === undefined && leftMs > 0 ? witness.stateOf(record) : undefined;
    for (const node of [...world.nodes, world.newNode()]) await compareRead(world, node, key, state);
  }
}

async function begin(world: ChaosWorld): Promise<void> {
  const { dice } = world;
  const unit = await dice.pick(world.nodes).open({ key: undefined, whenAbsent: 'newId' });
  unit.set('filler', dice.chance(0.5) ? 'x'.repeat(5_000) : 'x');
  await unit.finish();
  if (unit.key === undefined) throw new Error('nothing was stored');
  const { key } = unit;
  world.sessions.push({
    keys: [key],
    issued: new Set([key]),
    lines: new Set(),
    revisions: new Map([[key, unit.revision]]),
    isEnded: false,
  });
}

async function client(world: ChaosWorld): Promise<void> {
  const { dice, clock } = world;
  for (let units = 1 + dice.below(4); units > 0; units--) {
    await clock.sleep(dice.below(dice.pick([5, 500, 25_000])));
    const session = dice.pick(world.sessions);
    const key = dice.chance(0.8) ? session.keys.at(-1) : dice.pick(session.keys);
    const unit = key && (await open(world, session, key));
    if (unit !== undefined) await new ChaosUnit(world, session, unit).run();
  }
}

/** Opens, and checks what is seen against what was acknowledged before it was asked. */
async function open(world: ChaosWorld, session: KnownSession, key: SessionKey): Promise<UnitOfWork | undefined> {
  const { isEnded } = session;
  const lines = [...session.lines];
  const revision = session.revisions.get(key) ?? 0;
  const node = world.dice.pick(world.nodes);
  const unit = await world.outcome('open', node.open({ key, whenAbsent: 'newId' }), 4_500);
  if (unit instanceof SessionSyncError) return undefined;
  if (unit.isNew) {
    unit.abandon();
    return undefined;
  }
  world.assert(!isEnded, `${key} was read after its end`);
  world.assert(unit.revision >= revision, `${unit.revision} was read after ${revision}`);
  if (unit.revision > (session.revisions.get(key) ?? 0)) session.revisions.set(key, unit.revision);
  const state = stateSeen(unit);
  assertWhole(world, `read of ${unit.revision}`, state);
  const seen = new Set(state.lines);
  for (const line of lines) world.assert(seen.has(line), `${line}, acknowledged before, isn't in ${unit.revision}`);
  return unit;
}

async function compareRead(
  world: ChaosWorld,
  node: SessionEngine,
  key: SessionKey,
  state: LedgerState | undefined,
): Promise<void> {
  const unit = await node.open({ key, whenAbsent: 'newId' });
  if (state === undefined) return world.assert(unit.isNew, `${key} is gone, but was read`);
  world.assert(!unit.isNew, `${key} was not found`);
  if (!unit.isNew) world.assert(isSame(stateSeen(unit), state), `${key} is read otherwise than it is stored`);
}

function stateSeen(unit: UnitOfWork): LedgerState {
  const names = ['visits', 'twin', 'lines', 'left', 'right'];
  return Object.fromEntries(names.map((name) => [name, unit.read(name)])) as object as LedgerState;
}

function isSame(a: LedgerState, b: LedgerState): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

import { CommitUnknownError, SessionSyncError } from '../core/errors/index.js';
import type { SessionKey } from '../core/session/identity.js';
import type { ChaosWorld, KnownSession, Verdict } from './chaos-world.fixture.js';
import type { UnitOfWork } from './unit-of-work.js';

/** One unit by one client: random work, and exact bookkeeping of what it was told. */
export class ChaosUnit {
  /** Lines written since the last commit. */
  private pending: string[] = [];
  private isOver = false;

  constructor(
    private readonly world: ChaosWorld,
    private readonly session: KnownSession,
    private readonly unit: UnitOfWork,
  ) {}

  async run(): Promise<void> {
    const { dice, clock } = this.world;
    for (let steps = dice.below(4); steps >= 0 && !this.isOver; steps--) {
      await this.step();
      if (dice.chance(0.3)) await clock.sleep(dice.below(500));
    }
    if (dice.chance(0.05)) this.unit.abandon();
    else await this.store('finish', () => this.unit.finish());
    this.decide('refused');
  }

  private async step(): Promise<void> {
    const { unit, world } = this;
    const roll = world.dice.below(100);
    if (roll < 40) this.bump();
    else if (roll < 52) this.setHalves(world.nextLine());
    else if (roll < 57) ['left', 'right'].forEach((name) => unit.delete(name));
    else if (roll < 74) await this.store('commit', () => unit.commit());
    else if (roll < 78) await this.twice('commit twice', () => unit.commit());
    else if (roll < 83) await world.outcome('catchUp', unit.catchUp());
    else if (roll < 86) await this.reload();
    else if (roll < 93) await this.store('regenerate', () => unit.regenerate());
    else if (roll < 95) await this.twice('regenerate twice', () => unit.regenerate());
    else if (roll < 97) await this.end();
    else this.bump();
  }

  private bump(): void {
    const line = this.world.nextLine();
    for (const name of ['visits', 'twin']) this.unit.update(name, (n) => (n as number) + 1);
    (this.unit.mutate('lines') as string[]).push(line);
    this.pending.push(line);
  }

  private setHalves(value: string): void {
    for (const name of ['left', 'right']) this.unit.set(name, value);
  }

  private async reload(): Promise<void> {
    const result = await this.world.outcome('reload', this.unit.reload());
    if (!(result instanceof SessionSyncError)) this.decide('refused');
  }

  private async end(): Promise<void> {
    const result = await this.world.outcome('end', this.unit.end());
    if (result instanceof SessionSyncError) return;
    this.decide('refused');
    this.session.isEnded = true;
    this.isOver = true;
  }

  /** Not waited for in between: the first one's outcome is that of the changes. */
  private async twice(what: string, run: () => Promise<void>): Promise<void> {
    const first = run();
    const second = this.world.outcome(what, run());
    await this.store(what, () => first);
    await second;
  }

  private async store(what: string, run: () => Promise<unknown>): Promise<void> {
    const { unit, session, world } = this;
    const result = await world.outcome(what, run());
    if (unit.identity.kind === 'issued') this.noteKey(world.nodes[0]?.keyOf(unit.identity.id));
    if (result instanceof CommitUnknownError) {
      this.decide('unknown');
      this.isOver = true;
    }
    if (result instanceof SessionSyncError) return;
    for (const line of this.pending) session.lines.add(line);
    this.decide('stored');
    if (unit.key === undefined || unit.isNew) return;
    if (unit.revision > (session.revisions.get(unit.key) ?? 0)) session.revisions.set(unit.key, unit.revision);
  }

  private noteKey(key: SessionKey | undefined): void {
    if (key === undefined || this.session.issued.has(key)) return;
    this.session.issued.add(key);
    this.session.keys.push(key);
  }

  private decide(verdict: Verdict): void {
    for (const line of this.pending) this.world.verdicts.set(line, verdict);
    this.pending = [];
  }
}

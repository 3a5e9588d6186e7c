import { availableParallelism } from 'node:os';
import type { Law } from '../properties/law.js';
import { batchesOf, replay, type Batch } from '../properties/try-law.js';
import { LawWorker } from './law-workers.js';
import type { Soak, SoakRow, SoakRun } from './soak.js';

/** How often it is told how far a run is. */
const SAY_EVERY_MS = 30_000;

/** Tries laws at their nightly counts, in as many processes as there are cores; what time there is goes to all alike. */
export function lawSoak(laws: readonly Law[], about: string): Soak {
  return {
    about,
    run: (run) => (run.replay === undefined ? new LawRun(laws, run).all() : repeat(laws, run, run.replay)),
  };
}

/** A law on its way to its count. */
class Progress {
  tried = 0;
  violations = 0;
  private next = 0;
  private readonly batches: readonly Batch[];

  constructor(
    readonly law: Law,
    seed: number,
  ) {
    this.batches = batchesOf(law, seed, law.cases.nightly);
  }

  /** Part of the batches that was given out; 1 = nothing is left, also since a violation was found. */
  get share(): number {
    return this.violations > 0 ? 1 : this.next / this.batches.length;
  }

  take(): Batch | undefined {
    return this.batches[this.next++];
  }

  get row(): SoakRow {
    const { law, tried, violations } = this;
    const figures = { 'aimed at': law.cases.nightly };
    return { promise: `${law.id}: ${law.promise}`, tried, faults: 0, violations, figures };
  }
}

class LawRun {
  private readonly laws: readonly Progress[];
  private saidAtMs = performance.now();

  constructor(
    laws: readonly Law[],
    private readonly run: SoakRun,
  ) {
    this.laws = laws.map((law) => new Progress(law, run.seed));
  }

  async all(): Promise<readonly SoakRow[]> {
    const workers = Array.from({ length: availableParallelism() }, () => new LawWorker());
    await Promise.all(workers.map((worker) => this.keepBusy(worker)));
    for (const worker of workers) worker.end();
    return this.laws.map(({ row }) => row);
  }

  private async keepBusy(worker: LawWorker): Promise<void> {
    for (let law = this.furthestBehind(); law !== undefined; law = this.furthestBehind()) {
      const limitMs = this.run.endsAtMs - performance.now();
      const batch = limitMs > 0 ? law.take() : undefined;
      if (batch === undefined) return;
      const { tried, violation } = await worker.try({ law: law.law.id, ...batch, limitMs: Math.min(limitMs, 2 ** 31) });
      law.tried += tried;
      if (violation !== undefined) {
        law.violations++;
        this.run.say(
          `\nVIOLATION of ${law.law.id}: ${violation.report}\nRepeat it: npm run soak -- ${this.run.name} --replay ${violation.replay}\n`,
        );
      }
      this.sayHowFar();
    }
  }

  private furthestBehind(): Progress | undefined {
    const left = this.laws.filter(({ share }) => share < 1);
    return left.toSorted((a, b) => a.share - b.share)[0];
  }

  private sayHowFar(): void {
    if (performance.now() - this.saidAtMs < SAY_EVERY_MS) return;
    this.saidAtMs = performance.now();
    this.run.say(this.laws.map(({ law, tried }) => `${law.id} ${tried} of ${law.cases.nightly}`).join(', '));
  }
}

/** One case again, in this process, so that a debugger sees it. `which`: `<law>:<seed>:<path>`. */
async function repeat(laws: readonly Law[], run: SoakRun, which: string): Promise<readonly SoakRow[]> {
  const [id, ...seedAndPath] = which.split(':');
  const law = laws.find((each) => each.id === id);
  if (law === undefined)
    throw new RangeError(`There is no law ${id}: it is one of ${laws.map((each) => each.id).join(', ')}`);
  const { tried, violation } = await replay(law, seedAndPath.join(':'));
  run.say(violation?.report ?? `${law.id} holds for this case.`);
  return [
    {
      promise: `${law.id}: ${law.promise}`,
      tried,
      faults: 0,
      violations: violation === undefined ? 0 : 1,
      figures: {},
    },
  ];
}

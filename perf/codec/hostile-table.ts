import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChildProgram } from '../child-program.js';
import type { Table } from '../table.js';
import { allCodecs } from './codecs.js';
import type { Batch, Question } from './hostile-process.js';
import { OVERSIZED, SLOW_MS, type Tally } from './hostile-tally.js';

const LIMIT_MS = 30_000;
const LIMIT_MB = 256;

/** What decoders make of bytes that nobody wrote. */
export async function hostileTable(count: number, seed: number): Promise<Table> {
  const lines: string[][] = [];
  for (const { name } of allCodecs()) lines.push(await new Siege(name, count, seed).line());
  return {
    title: 'What hostile bytes do',
    head: [
      'codec',
      'value',
      'error',
      `over ${SLOW_MS} ms`,
      'oversized',
      'prototype changed',
      "doesn't end",
      'out of memory',
      'crash',
      '100,000 levels',
      'array of 4,294,967,295',
    ],
    lines,
    notes: [
      `${count} inputs for each codec: its own encodings of four values with one to four mutations, every tenth noise. Mutations: bits, runs of 0xff, bytes cut, doubled, inserted, the end cut off, the end of another; half of the time, where JSON is written, of what the JSON says: parts exchanged, replaced by strange ones, named \`__proto__\` and the like. Seed ${seed}. In a process with ${LIMIT_MB} MB of heap; 30 s for one input, then it doesn't end.`,
      `*value*: it decoded to something, which for formats without a checksum is no fault. *oversized*: of those, values with more than ${OVERSIZED.toLocaleString('en')} elements that no such bytes could hold.`,
      'The last two columns are one input each: objects inside each other, and a few bytes that claim a long array.',
    ],
  };
}

/** One codec under all inputs, started again after each that kills it. */
class Siege {
  private readonly tallies: Tally[] = [];
  private readonly ends = { timeLimit: 0, memoryLimit: 0, crash: 0 };

  constructor(
    private readonly name: string,
    private readonly count: number,
    private readonly seed: number,
  ) {}

  async line(): Promise<string[]> {
    const folder = await mkdtemp(join(tmpdir(), 'hostile-'));
    const progress = join(folder, 'progress');
    const program = new ChildProgram(new URL('./hostile-process.js', import.meta.url), {
      args: [this.name, String(this.seed), progress],
      execArgv: [`--max-old-space-size=${LIMIT_MB}`],
      limitMs: LIMIT_MS,
    });
    try {
      await this.run(program, progress);
      return [this.name, ...this.counts(), await fateOf(program, 'deep'), await fateOf(program, 'huge')];
    } finally {
      await program.stop();
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async run(program: ChildProgram, progress: string): Promise<void> {
    for (let from = 0; from < this.count;) {
      const question: Question = { from, to: this.count };
      const reply = await program.ask<Batch>(question);
      if ('answer' in reply) {
        this.tallies.push(reply.answer.tally);
        from = reply.answer.next;
      } else {
        this.ends[reply.end] += 1;
        // What came before it in its batch is tried again, and answered this time.
        const fatal = (await readFile(progress)).readUInt32LE(0);
        await this.runUpTo(program, from, fatal);
        from = fatal + 1;
      }
    }
  }

  private async runUpTo(program: ChildProgram, first: number, to: number): Promise<void> {
    for (let from = first; from < to;) {
      const reply = await program.ask<Batch>({ from, to });
      if (!('answer' in reply)) throw new Error(`${this.name}: an input before ${to} killed it only the second time`);
      this.tallies.push(reply.answer.tally);
      from = reply.answer.next;
    }
  }

  private counts(): string[] {
    const sum = (of: (tally: Tally) => number): number => this.tallies.reduce((total, tally) => total + of(tally), 0);
    const errors: Record<string, number> = {};
    for (const tally of this.tallies) {
      for (const [name, count] of Object.entries(tally.errors)) errors[name] = (errors[name] ?? 0) + count;
    }
    const kinds = Object.entries(errors).toSorted(([, a], [, b]) => b - a);
    const { timeLimit, memoryLimit, crash } = this.ends;
    const figures = [sum(({ slow }) => slow), sum(({ oversized }) => oversized), sum(({ polluted }) => polluted)];
    return [
      String(sum(({ values }) => values)),
      kinds.map(([name, count]) => `${count} ${name}`).join(', '),
      ...[...figures, timeLimit, memoryLimit, crash].map(String),
    ];
  }
}

async function fateOf(program: ChildProgram, attack: 'deep' | 'huge'): Promise<string> {
  const reply = await program.ask<string>({ attack });
  if ('answer' in reply) return reply.answer;
  return { timeLimit: "doesn't end", memoryLimit: 'out of memory', crash: '**crash**' }[reply.end];
}

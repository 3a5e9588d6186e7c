import { ChildProgram } from '../child-program.js';
import type { Table } from '../table.js';
import { allCodecs } from './codecs.js';
import { fidelityRows } from './fidelity-rows.js';

const LIMIT_MS = 30_000;

/** What comes back of what was written, codec by codec. */
export async function fidelityTable(): Promise<Table> {
  const rows = fidelityRows();
  const names = allCodecs().map(({ name }) => name);
  const columns: string[][] = [];
  for (const name of names) columns.push(await fatesOf(name, rows.length));
  return {
    title: 'What survives',
    head: ['value', ...names],
    lines: rows.map(({ name }, number) => [name, ...columns.map((column) => column[number] ?? '')]),
    notes: [
      '*kept*: what came back is what was written. *lost*: it is something else. *refused*: writing throws. *unreadable*: reading throws. *overflows*: "Maximum call stack size exceeded".',
      'Every codec is told of the class in `class instances`, where it can be told. JSON and class-transformer promise JSON only.',
    ],
  };
}

async function fatesOf(name: string, count: number): Promise<string[]> {
  const program = new ChildProgram(new URL('./fidelity-process.js', import.meta.url), {
    args: [name],
    limitMs: LIMIT_MS,
  });
  try {
    const fates: string[] = [];
    for (let number = 0; number < count; number++) {
      const reply = await program.ask<string>(number);
      fates.push('answer' in reply ? reply.answer : reply.end);
    }
    return fates;
  } finally {
    await program.stop();
  }
}

import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, platform, release } from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { SoakRow } from './soak.js';

/** From dist/soak/test/soak. */
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const FOLDER = 'test/soak/results';

/** A run that came to its end. */
export interface SoakResult {
  readonly name: string;
  readonly seed: number;
  /** What was tried: a run takes long, and others commit meanwhile. */
  readonly commit: string;
  /** What the run was limited to; undefined = nothing. */
  readonly minutes: number | undefined;
  /** Minutes it took. */
  readonly took: number;
  readonly rows: readonly SoakRow[];
}

export function markdownTable(rows: readonly SoakRow[]): string {
  const lines = rows.map(({ promise, tried, faults, violations, figures }) => {
    const others = Object.entries(figures).map(([name, value]) => `${name} ${grouped(value)}`);
    return `| ${[promise, grouped(tried), faults, violations, others.join(', ')].join(' | ')} |`;
  });
  return ['| promise | tried | faults | violations | figures |\n|---|---:|---:|---:|---|', ...lines].join('\n');
}

/** The commit that is checked out. */
export function currentCommit(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
}

/** Keeps a result with what it was found on, instead of the one before; says where. */
export async function saveResult({ name, seed, commit, minutes, took, rows }: SoakResult): Promise<string> {
  const processors = cpus();
  const machine = `${processors.length} × ${processors[0]?.model ?? 'unknown processor'}, ${platform()} ${release()}`;
  const date = new Date().toISOString().slice(0, 10);
  const limit = minutes === undefined ? '' : ` --minutes ${minutes}`;
  const command = `npm run soak -- ${name}${limit} --seed ${seed}`;
  const node = `Node ${process.versions.node}`;
  const facts = { soak: name, seed, minutes: took, date, machine, commit, node, command, rows };
  await mkdir(`${ROOT}${FOLDER}`, { recursive: true });
  await writeFile(`${ROOT}${FOLDER}/${name}.json`, `${JSON.stringify(facts, undefined, 2)}\n`);
  const about = `${date}, ${took} minutes. Machine: ${machine}. Commit: ${commit}. ${node}.`;
  const file = `${FOLDER}/${name}.md`;
  await writeFile(`${ROOT}${file}`, `# ${name}\n\n${about}\n\n\`${command}\`\n\n${markdownTable(rows)}\n`);
  return file;
}

function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, platform, release } from 'node:os';
import process from 'node:process';
import { ROOT } from './root.js';
import { isMet, type Result, type Row } from './scenario.js';
import { tableMarkdown } from './table.js';

const FOLDER = 'perf/results';

const ABOUT_ROWS =
  "Medians, alternating with the peer in one run; ratio = value / peer's value, spread = lowest and highest ratio of the rounds.";

export function resultMarkdown({ rows, tables = [] }: Result): string {
  const figures = rows.length > 0 ? [rowsMarkdown(rows), ABOUT_ROWS] : [];
  return [...figures, ...tables.map(tableMarkdown)].join('\n\n');
}

function rowsMarkdown(rows: readonly Row[]): string {
  const hasTargets = rows.some(({ target }) => target !== undefined);
  const head = '| what | metric | value | peer | its value | ratio | spread |';
  const rule = '|---|---|---:|---|---:|---:|---|';
  const lines = rows.map((row) => {
    const { name, metric, unit, value, peer, peerValue, ratio, spread } = row;
    const figures = [`${rounded(value)} ${unit}`, peer, `${rounded(peerValue)} ${unit}`, ratio.toPrecision(3), spread];
    return `| ${[name, metric, ...figures, ...(hasTargets ? [verdictOf(row)] : [])].join(' | ')} |`;
  });
  return [head + (hasTargets ? ' target |' : ''), rule + (hasTargets ? '---|' : ''), ...lines].join('\n');
}

function verdictOf(row: Row): string {
  const { target } = row;
  if (target === undefined) return '';
  const limit = `${target.of} ≤ ${target.atMost}`;
  return isMet(row, target) ? `${limit}: met` : `**${limit}: missed**`;
}

/** Keeps a result with what it was measured on; says where. */
export async function saveResult(scenario: string, result: Result): Promise<string> {
  const { machine, commit, versions, command } = circumstances(scenario);
  await mkdir(`${ROOT}${FOLDER}`, { recursive: true });
  const file = `${FOLDER}/${scenario}`;
  const facts = { scenario, machine, commit, versions, command, ...result };
  await writeFile(`${ROOT}${file}.json`, `${JSON.stringify(facts, undefined, 2)}\n`);
  const about = `Machine: ${machine}. Commit: ${commit}. ${versions}.`;
  const text = [`# ${scenario}`, about, `\`${command}\``, resultMarkdown(result)].join('\n\n');
  await writeFile(`${ROOT}${file}.md`, `${text}\n`);
  return `${file}.md`;
}

interface Circumstances {
  readonly machine: string;
  readonly commit: string;
  readonly versions: string;
  readonly command: string;
}

function circumstances(scenario: string): Circumstances {
  const processors = cpus();
  return {
    machine: `${processors.length} × ${processors[0]?.model ?? 'unknown processor'}, ${platform()} ${release()}`,
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim(),
    versions: `Node ${process.versions.node}, nats-server embedded (pinned 2.14 unless NATS_SERVER names another)`,
    command: `npm run perf -- ${scenario}`,
  };
}

function rounded(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3);
}

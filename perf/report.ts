import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, platform, release } from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Row } from './scenario.js';

/** From dist/perf/perf. */
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FOLDER = 'perf/results';

export function markdownTable(rows: readonly Row[]): string {
  const head = '| what | metric | value | peer | its value | ratio | spread |\n|---|---|---:|---|---:|---:|---|';
  const lines = rows.map(({ name, metric, unit, value, peer, peerValue, ratio, spread }) => {
    const figures = [`${rounded(value)} ${unit}`, peer, `${rounded(peerValue)} ${unit}`, ratio.toPrecision(3), spread];
    return `| ${[name, metric, ...figures].join(' | ')} |`;
  });
  return [head, ...lines].join('\n');
}

/** Keeps a result with what it was measured on; says where. */
export async function saveResult(scenario: string, rows: readonly Row[]): Promise<string> {
  const { machine, commit, versions, command } = circumstances(scenario);
  await mkdir(`${ROOT}${FOLDER}`, { recursive: true });
  const file = `${FOLDER}/${scenario}`;
  const facts = { scenario, machine, commit, versions, command, rows };
  await writeFile(`${ROOT}${file}.json`, `${JSON.stringify(facts, undefined, 2)}\n`);
  const about = `Machine: ${machine}. Commit: ${commit}. ${versions}.`;
  await writeFile(
    `${ROOT}${file}.md`,
    `# ${scenario}\n\n${about}\n\n\`${command}\`\n\n${markdownTable(rows)}\n\nMedians, alternating with the peer in one run; ratio = value / peer's value, spread = lowest and highest ratio of the rounds.\n`,
  );
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

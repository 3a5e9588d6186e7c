import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { LAWS } from '../properties/laws.js';
import type { SoakRow } from './soak.js';
import { parseSoakOptions } from './soak-options.js';
import { SOAKS } from './soaks.js';

const root = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

interface Ended {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

async function soak(...args: readonly string[]): Promise<Ended> {
  try {
    const { stdout, stderr } = await run('npm', ['run', '--silent', 'soak', '--', ...args], { cwd: root });
    return { code: 0, output: stdout, errors: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout, errors: stderr };
  }
}

function lastLine({ output }: Ended): { soak: string; seed: number; minutes: number; rows: SoakRow[] } {
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as ReturnType<typeof lastLine>;
}

const resultOf = (name: string): string | undefined => {
  const file = join(root, 'test', 'soak', 'results', `${name}.json`);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
};

describe('npm run soak', () => {
  it('tries every law as long as it may, and says so in one line for programs', async () => {
    const kept = resultOf('properties');
    const ended = await soak('properties', '--minutes', '0.05', '--seed', '7', '--json');
    expect(ended.code, ended.output + ended.errors).toBe(0);
    const { soak: name, seed, minutes, rows } = lastLine(ended);
    expect([name, seed]).toEqual(['properties', 7]);
    expect(minutes).toBeGreaterThan(0);
    expect(rows.map(({ promise }) => promise)).toEqual(LAWS.map(({ id, promise }) => `${id}: ${promise}`));
    for (const row of rows) expect(row).toMatchObject({ faults: 0, violations: 0 });
    expect(rows.reduce((tried, row) => tried + row.tried, 0)).toBeGreaterThan(0);
    // So short a run isn't the soak's last result.
    expect(resultOf('properties')).toBe(kept);
  }, 120_000);

  it('exits with 1 on a violation, and prints a command that repeats it', async () => {
    const ended = await soak('broken', '--minutes', '1', '--json');
    expect(ended.code).toBe(1);
    expect(lastLine(ended).rows[0]?.violations).toBeGreaterThan(0);
    const [, replay = ''] = /Repeat it: npm run soak -- broken --replay (\S+)/.exec(ended.output) ?? [];
    const repeated = await soak('broken', '--replay', replay, '--json');
    expect(repeated.code).toBe(1);
    expect(lastLine(repeated).rows[0]).toMatchObject({ tried: 1, violations: 1 });
    expect(repeated.output).toContain('1001 is above 1,000');
  }, 120_000);

  it('refuses what it does not know with a sentence', async () => {
    for (const [args, sentence] of [
      [['constructor'], 'There is no soak "constructor".'],
      [['properties', '--replay', 'P99:1:1'], 'There is no law P99'],
    ] as const) {
      const { code, errors } = await soak(...args);
      expect(code).toBe(1);
      expect(errors).toContain(sentence);
      expect(errors).not.toContain('    at ');
    }
  }, 60_000);

  it.each([
    ['no name', [], 'Name a soak.'],
    ['two names', ['properties', 'broken'], 'One soak at a time'],
    ['an unknown option', ['properties', '--hours', '1'], "Unknown option '--hours'"],
    ['no time', ['properties', '--minutes', '0'], '--minutes is a number above 0'],
    ['a seed that is none', ['properties', '--seed', 'abc'], '--seed is a whole number'],
  ])('refuses %s with a sentence', (_, args, sentence) => {
    expect(parseSoakOptions(args, SOAKS)).toContain(sentence);
  });
});

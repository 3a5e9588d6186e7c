import process from 'node:process';
import { append } from './append.js';
import { commit } from './commit.js';
import { codec } from './codec.js';
import { compare } from './compare.js';
import { correctness } from './correctness.js';
import { resultMarkdown, saveResult } from './report.js';
import type { Scenario } from './scenario.js';

const SCENARIOS: Readonly<Record<string, Scenario>> = { append, codec, commit, compare, correctness };
const OPTIONS: readonly string[] = ['--quick', '--json'];

async function main(args: readonly string[]): Promise<number> {
  const [name = '', ...others] = args.filter((arg) => !OPTIONS.includes(arg));
  const scenario = Object.hasOwn(SCENARIOS, name) ? SCENARIOS[name] : undefined;
  if (scenario === undefined || others.length > 0) {
    const wrong = name === '' ? 'Name a scenario' : `Unknown: ${[name, ...others].join(' ')}`;
    const known = Object.keys(SCENARIOS).join(', ');
    console.error(`${wrong}. npm run perf -- SCENARIO [--quick] [--json]; scenarios: ${known}.`);
    return 1;
  }
  const isQuick = args.includes('--quick');
  const result = await scenario(isQuick);
  console.log(resultMarkdown(result));
  if (!isQuick) console.log(`\nSaved as ${await saveResult(name, result)}.`);
  if (args.includes('--json')) console.log(JSON.stringify({ scenario: name, ...result }));
  return 0;
}

process.exitCode = await main(process.argv.slice(2));

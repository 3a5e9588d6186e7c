import { parseArgs } from 'node:util';
import type { Soak } from './soak.js';

/** What the command line asks for. */
export interface SoakOptions {
  readonly name: string;
  readonly soak: Soak;
  /** Undefined: until the whole count is tried. */
  readonly minutes: number | undefined;
  readonly seed: number | undefined;
  readonly replay: string | undefined;
  readonly isJson: boolean;
}

const MAX_SEED = 2 ** 31;

/** The options in `args`, or one sentence that says what is wrong with them. */
export function parseSoakOptions(args: readonly string[], soaks: Readonly<Record<string, Soak>>): SoakOptions | string {
  const parsed = parsedArgs(args);
  if (typeof parsed === 'string') return `${parsed} ${usage(soaks)}`;
  const { values, positionals } = parsed;
  const [name = '', ...others] = positionals;
  const soak = Object.hasOwn(soaks, name) ? soaks[name] : undefined;
  if (soak === undefined) return `${name === '' ? 'Name a soak' : `There is no soak "${name}"`}. ${usage(soaks)}`;
  if (others.length > 0) return `One soak at a time, not also: ${others.join(' ')}. ${usage(soaks)}`;
  const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
  if (minutes !== undefined && !(minutes > 0)) return `--minutes is a number above 0, not "${values.minutes}".`;
  const seed = values.seed === undefined ? undefined : Number(values.seed);
  if (seed !== undefined && !(Number.isInteger(seed) && seed >= 0 && seed < MAX_SEED)) {
    return `--seed is a whole number from 0 to ${MAX_SEED - 1}, not "${values.seed}".`;
  }
  return { name, soak, minutes, seed, replay: values.replay, isJson: values.json };
}

function parsedArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        minutes: { type: 'string' },
        seed: { type: 'string' },
        replay: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message.replace(/\. To specify.*$/s, '.') : String(error);
  }
}

function usage(soaks: Readonly<Record<string, Soak>>): string {
  const list = Object.entries(soaks).map(([name, { about }]) => `\n  ${name}: ${about}`);
  return `npm run soak -- NAME [--minutes N] [--seed S] [--json]; soaks:${list.join('')}`;
}

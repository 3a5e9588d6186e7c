import type { AttributeProblem } from '../errors/index.js';
import { stepInto } from './problem-path.js';

/** Reports nested deeper than this come from no validator. */
const MAX_DEPTH = 100;

/**
 * What a list of problems says, whichever kind its entries are: sentences, `{ message, path }` (Standard Schema, zod), or
 * class-validator's `{ property, constraints, children }`. An entry of another kind still is a problem.
 */
export function readProblems(entries: readonly unknown[], at: string, depth = 0): AttributeProblem[] {
  return entries.flatMap((entry) => readProblem(entry, at, depth));
}

function readProblem(entry: unknown, at: string, depth: number): AttributeProblem[] {
  if (typeof entry === 'string') return [{ path: at, message: entry }];
  if (typeof entry !== 'object' || entry === null || depth > MAX_DEPTH) return [{ path: at, message: 'is invalid' }];
  const { message, path, property, constraints, children }: Partial<Record<string, unknown>> = {
    ...entry,
    ...own(entry),
  };
  if (typeof property === 'string') return readValidationError(stepInto(at, property), constraints, children, depth);
  return [{ path: pathOf(path, at), message: typeof message === 'string' ? message : 'is invalid' }];
}

/** The message of an Error isn't enumerable. */
function own(entry: object): object {
  return entry instanceof Error ? { message: entry.message } : {};
}

function pathOf(path: unknown, at: string): string {
  if (typeof path === 'string') return path.startsWith('[') || path === '' ? at + path : `${at}.${path}`;
  return Array.isArray(path) ? path.reduce<string>(stepInto, at) : at;
}

function readValidationError(path: string, constraints: unknown, children: unknown, depth: number): AttributeProblem[] {
  const messages = typeof constraints === 'object' && constraints !== null ? Object.values(constraints) : [];
  const inside = Array.isArray(children) ? readProblems(children, path, depth + 1) : [];
  const found = [...messages.map((message) => ({ path, message: String(message) })), ...inside];
  return found.length > 0 ? found : [{ path, message: 'is invalid' }];
}

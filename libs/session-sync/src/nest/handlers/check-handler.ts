import type { SessionShape } from '../../core/access/index.js';
import type { SessionMode } from '../decorators/session-mode.js';
import { AskedAttribute, type SessionParameter } from '../decorators/session-parameter.js';
import { problemsOfAskedAttribute } from './check-asked-attribute.js';

/** One handler's declarations, as far as they can be wrong. */
export interface DeclaredHandler {
  /** `CartController.add`. */
  readonly label: string;
  readonly mode: SessionMode;
  readonly isReadOnly: boolean;
  readonly parameters: readonly SessionParameter[];
}

/** What is wrong with a handler's session decorators; `shape` is undefined while the session class itself is wrong. */
export function problemsOfHandler(handler: DeclaredHandler, shape: SessionShape | undefined): string[] {
  const { label, mode, parameters } = handler;
  const problems = problemsOfLock(mode).map((problem) => `${label}: ${problem}`);
  if (mode.isClosed === true && parameters.length > 0) {
    problems.push(`${label}: @NoSession() and a session parameter exclude each other.`);
  }
  for (const parameter of parameters) {
    if (!(parameter instanceof AskedAttribute)) continue;
    const found = [...parameter.problems, ...problemsOfAskedAttribute(parameter, shape, handler.isReadOnly)];
    problems.push(...found.map((problem) => `${label}: ${problem}`));
  }
  return problems;
}

function problemsOfLock({ lock }: SessionMode): string[] {
  if (lock === undefined) return [];
  const problems: string[] = [];
  if (lock.mode !== 'optimistic') {
    problems.push(`@SessionLock(${JSON.stringify(lock.mode)}) isn't built yet; 'optimistic' is.`);
  }
  if (lock.options.length > 0) problems.push(`@SessionLock: options aren't built yet.`);
  return problems;
}

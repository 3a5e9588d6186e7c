import type { SessionShape } from '../../core/access/index.js';
import type { SessionMode } from '../decorators/session-mode.js';
import { AttributeParameter, type SessionParameter } from '../decorators/session-parameter.js';

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
    if (!(parameter instanceof AttributeParameter)) continue;
    const found = [...parameter.problems, ...problemsOfAttribute(parameter, handler, shape)];
    problems.push(...found.map((problem) => `${label}: ${problem}`));
  }
  return problems;
}

function problemsOfAttribute(
  { attribute, isMutable, sessionClass }: AttributeParameter,
  { isReadOnly }: DeclaredHandler,
  shape: SessionShape | undefined,
): string[] {
  if (shape === undefined) return [];
  const label = `@SessionAttr('${attribute}')`;
  if (sessionClass !== undefined && sessionClass !== shape.sessionClass) {
    return [`${label} of ${sessionClass.name}: session classes beside the module's own aren't built yet.`];
  }
  const declared = shape.attributes.get(attribute);
  if (declared === undefined) {
    const names = [...shape.attributes.keys()].join(', ');
    return [`${label}: ${shape.sessionClass.name} declares no such attribute; it has ${names}.`];
  }
  if (!isMutable) return [];
  if (isReadOnly) return [`${label} is asked for as mutable in a read-only session.`];
  if (declared.isMutable) return [];
  return [`${label} is asked for as mutable, but declared without { mutable: true }: it changes by assignment only.`];
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

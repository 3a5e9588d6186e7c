import { FIRST_VERSION, MAX_VERSION, type AttributeMigrations, type AttributeVersions } from '../codec/index.js';

/**
 * What becomes of an attribute whose stored text can't be read: damaged, of a class that isn't registered, or its
 * migration failed.
 * - `throw`: reading the attribute throws AttributeDecodeError; it can be set and deleted, and everything else of the
 *   session works.
 * - `dropAttribute`: it is its default again. What is stored stays until the attribute is modified next.
 * - `freshSession`: a request that comes with such a session goes on without one; what is stored is left alone. Where a
 *   session is opened by its key (`sync.run`, messages) there is no other to go on with: as `throw`.
 */
export type UndecodablePolicy = 'throw' | 'dropAttribute' | 'freshSession';

const POLICIES: readonly unknown[] = ['throw', 'dropAttribute', 'freshSession'] satisfies UndecodablePolicy[];

/** What is wrong with a policy given as an option, if anything. */
export function problemOfPolicy(policy: unknown): string | undefined {
  if (policy === undefined || isPolicy(policy)) return undefined;
  return "onUndecodable must be 'throw', 'dropAttribute' or 'freshSession'.";
}

/** The version options of one declaration, as the engine works with them. */
export interface DeclaredVersions {
  readonly versions: AttributeVersions;
  /** Undefined: as the module has it. */
  readonly onUndecodable: UndecodablePolicy | undefined;
}

/** Reads the version options of a declaration; what is wrong with them goes to `report`, a sentence each. */
export function declaredVersionsOf(
  options: Readonly<Record<string, unknown>>,
  report: (problem: string) => void,
): DeclaredVersions {
  const { version = FIRST_VERSION, migrate, onUndecodable } = options;
  const problem = problemOfPolicy(onUndecodable);
  if (problem !== undefined) report(problem);
  const policy = isPolicy(onUndecodable) ? onUndecodable : undefined;
  if (!isVersion(version)) {
    report(`version must be a whole number from ${FIRST_VERSION} to ${MAX_VERSION}.`);
    return { versions: { version: FIRST_VERSION, migrate: {} }, onUndecodable: policy };
  }
  if (migrate !== undefined && !isTable(migrate)) {
    report('migrate must be a table of functions by the version they start from: { 1: (old) => … }.');
  } else if (migrate !== undefined && Object.keys(migrate).length > 0) {
    problemsOfSteps(version, migrate).forEach(report);
  } else if (version > FIRST_VERSION && (policy === undefined || policy === 'throw')) {
    report(
      `version ${version} needs migrate: { ${version - 1}: (old) => … }; or say what becomes of older values by onUndecodable: 'dropAttribute' or 'freshSession'.`,
    );
  }
  // Copied, so that what was checked stays so.
  const table = isTable(migrate) ? ({ ...migrate } as AttributeMigrations) : {};
  return { versions: { version, migrate: table }, onUndecodable: policy };
}

/** Steps may begin late, when nothing older is stored any more; from there on none may be missing. */
function problemsOfSteps(version: number, migrate: Readonly<Record<string, unknown>>): string[] {
  const problems: string[] = [];
  const from: number[] = [];
  for (const [key, step] of Object.entries(migrate)) {
    if (!/^[1-9]\d*$/.test(key)) problems.push(`migrate: ${JSON.stringify(key)} is no version; they count from 1.`);
    else if (Number(key) >= version) {
      problems.push(`migrate: a step from version ${key} can't lead to version ${version}; raise version, or drop it.`);
    } else from.push(Number(key));
    if (typeof step !== 'function')
      problems.push(`migrate: ${JSON.stringify(key)} must be a function of the old value.`);
  }
  const missing: number[] = [];
  for (let at = Math.min(version, ...from); at < version; at++) if (!from.includes(at)) missing.push(at);
  if (missing.length > 0) problems.push(`migrate: no step from version ${missing.slice(0, 10).join(', ')}.`);
  return problems;
}

function isVersion(version: unknown): version is number {
  return (
    typeof version === 'number' && Number.isSafeInteger(version) && version >= FIRST_VERSION && version <= MAX_VERSION
  );
}

function isTable(migrate: unknown): migrate is Readonly<Record<string, unknown>> {
  return typeof migrate === 'object' && migrate !== null && !Array.isArray(migrate);
}

function isPolicy(policy: unknown): policy is UndecodablePolicy {
  return POLICIES.includes(policy);
}

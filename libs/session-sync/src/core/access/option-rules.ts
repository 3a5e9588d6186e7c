import { isStandardSchema, type AttributeValidator } from '../validation/index.js';
import type { AttributeCompare, AttributeMerge, AttributeOptions } from './attribute-options.js';
import type { Class } from './declare-attribute.js';

/** The options of one declaration, each of the kind it must have; those that weren't given have their defaults. */
export interface CheckedOptions {
  readonly mutable: boolean;
  readonly type: (() => Class) | undefined;
  readonly default: (() => unknown) | undefined;
  readonly merge: AttributeMerge;
  readonly compare: AttributeCompare;
  readonly validate: AttributeValidator | undefined;
  readonly maxBytes: number | undefined;
  readonly local: boolean;
  readonly secret: boolean;
}

interface OptionRule<T> {
  readonly isRight: (value: unknown) => value is T;
  /** Completes "… must be". */
  readonly must: string;
  readonly otherwise: T | undefined;
}

/** Options that have a file of their own for what is right about them: track-policy, version-options. */
type CheckedElsewhere = 'track' | 'version' | 'migrate' | 'onUndecodable';

type OptionRules = { readonly [K in keyof CheckedOptions]: OptionRule<CheckedOptions[K]> };

const RULES = {
  mutable: { isRight: isBoolean, must: 'true or false', otherwise: false },
  type: { isRight: isFunction, must: 'a function: () => Date', otherwise: undefined },
  default: { isRight: isFunction, must: 'a function that gives the value: () => new Cart()', otherwise: undefined },
  merge: {
    isRight: isMerge,
    must: "'reject', 'lastWriteWins', 'retry', a policy such as Counter, or a function",
    otherwise: 'reject',
  },
  compare: {
    isRight: isCompare,
    must: "'graph', 'binary', 'equals' or a function of (before, after) that answers whether they are equal",
    otherwise: 'graph',
  },
  validate: {
    isRight: isValidator,
    must: 'a function that answers at once, or a Standard Schema (version 1)',
    otherwise: undefined,
  },
  maxBytes: { isRight: isByteCount, must: 'a whole number, at least 1', otherwise: undefined },
  local: { isRight: isBoolean, must: 'true or false', otherwise: false },
  secret: { isRight: isBoolean, must: 'true or false', otherwise: false },
} satisfies OptionRules & Record<Exclude<keyof AttributeOptions, CheckedElsewhere>, unknown>;

/** The options as they count, and what is wrong with them, each a sentence; a wrong one counts as not given. */
export function checkOptions(given: Readonly<Record<string, unknown>>): {
  readonly options: CheckedOptions;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const read = <K extends keyof CheckedOptions>(name: K): CheckedOptions[K] => {
    const { isRight, must, otherwise } = RULES[name] as OptionRule<CheckedOptions[K]>;
    const value = given[name];
    if (value !== undefined && isRight(value)) return value;
    if (value !== undefined) problems.push(`${name} must be ${must}.`);
    return otherwise as CheckedOptions[K];
  };
  const options: CheckedOptions = {
    mutable: read('mutable'),
    type: read('type'),
    default: read('default'),
    merge: read('merge'),
    compare: read('compare'),
    validate: read('validate'),
    maxBytes: read('maxBytes'),
    local: read('local'),
    secret: read('secret'),
  };
  if (options.local) problems.push(...besideLocal(given));
  return { options, problems };
}

/** What may be said of an attribute that is neither stored nor compared. */
const BESIDE_LOCAL: readonly string[] = ['local', 'default'];

function besideLocal(given: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(given)
    .filter((name) => given[name] !== undefined && given[name] !== false && !BESIDE_LOCAL.includes(name))
    .map(
      (name) => `"${name}" contradicts local: a local attribute is neither stored nor compared. Leave one of them out.`,
    );
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isFunction<T extends () => unknown>(value: unknown): value is T {
  return typeof value === 'function';
}

function isMerge(merge: unknown): merge is AttributeMerge {
  if (merge === 'reject' || merge === 'lastWriteWins' || merge === 'retry') return true;
  if (typeof merge === 'function') return true;
  return typeof merge === 'object' && merge !== null && 'merge' in merge && typeof merge.merge === 'function';
}

function isCompare(compare: unknown): compare is AttributeCompare {
  return compare === 'graph' || compare === 'binary' || compare === 'equals' || isSynchronous(compare);
}

function isValidator(validate: unknown): validate is AttributeValidator {
  return isStandardSchema(validate) || isSynchronous(validate);
}

/** Whether it is a function that isn't declared `async`; others that answer by a promise are found when they do. */
function isSynchronous(value: unknown): boolean {
  return typeof value === 'function' && Object.prototype.toString.call(value) !== '[object AsyncFunction]';
}

function isByteCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
}

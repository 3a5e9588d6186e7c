import { InvalidAttributeError, InvalidOptionsError, type AttributeProblem } from '../errors/index.js';
import type { AttributeValidator } from './attribute-validator.js';
import { readProblems } from './read-problems.js';
import { isStandardSchema, type StandardSchema } from './standard-schema.js';

/** What is validated, and how much may be told of it. */
export interface Validated {
  readonly name: string;
  readonly validate: AttributeValidator;
  readonly isSecret: boolean;
}

interface Finding {
  readonly problems: readonly AttributeProblem[];
  readonly cause?: unknown;
}

/**
 * Lets the attribute's validator judge a value.
 * @throws InvalidAttributeError with everything that is wrong | InvalidOptionsError when the validator doesn't answer at
 *   once, or with something that is no answer
 */
export function checkValue({ name, validate, isSecret }: Validated, value: unknown): void {
  const { problems, cause } = isStandardSchema(validate)
    ? askSchema(validate, value, name)
    : askFunction(validate, value, name);
  if (problems.length === 0) return;
  // A validator may quote what it judges, and a path may hold it as a key.
  if (isSecret) {
    throw new InvalidAttributeError(name, [{ path: name, message: 'what is wrong with a secret one is not told' }]);
  }
  throw new InvalidAttributeError(name, problems, { cause });
}

function askSchema(schema: StandardSchema, value: unknown, name: string): Finding {
  try {
    const result = schema['~standard'].validate(value);
    if (isThenable(result)) return refuseAsync(result, name);
    return { problems: readProblems(result.issues ?? [], name) };
  } catch (error) {
    return thrown(error, name);
  }
}

function askFunction(validate: Exclude<AttributeValidator, StandardSchema>, value: unknown, name: string): Finding {
  let answer: unknown;
  try {
    answer = validate(value);
  } catch (error) {
    return thrown(error, name);
  }
  if (isThenable(answer)) return refuseAsync(answer, name);
  if (answer === undefined || answer === null || answer === true || answer === '') return { problems: [] };
  if (answer === false) return { problems: [{ path: name, message: 'is invalid' }] };
  if (typeof answer === 'string') return { problems: [{ path: name, message: answer }] };
  if (Array.isArray(answer)) return { problems: readProblems(answer, name) };
  return refuse(
    name,
    'it answered something that is neither true, false, a sentence nor a list of problems; give a schema itself, not its parse',
  );
}

/** What validators throw names its problems by `issues` (zod, valibot), or is one itself. */
function thrown(error: unknown, name: string): Finding {
  if (error instanceof InvalidOptionsError) throw error;
  const issues = typeof error === 'object' && error !== null && 'issues' in error ? error.issues : undefined;
  const entries: readonly unknown[] = Array.isArray(issues) && issues.length > 0 ? issues : [error];
  return { problems: readProblems(entries, name), cause: error };
}

function refuseAsync(promise: PromiseLike<unknown>, name: string): never {
  // Nobody waits for it, so its failure is nobody's.
  promise.then(undefined, () => undefined);
  return refuse(name, 'it must answer at once, not by a promise: look up beforehand what takes time');
}

function refuse(name: string, what: string): never {
  throw new InvalidOptionsError(`@SessionAttr() ${name}`, [`validate: ${what}.`]);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

import type { StandardSchema } from './standard-schema.js';

/**
 * Says whether an attribute's value may be stored: a function, or a Standard Schema (zod, valibot, arktype).
 *
 * A function answers nothing or `true` when it may; `false`, a sentence, or a list of what is wrong when it may not: of
 * sentences, of `{ path, message }`, or of class-validator's `ValidationError`s, so that its `validateSync` can be given
 * as it is. What it throws counts as one thing that is wrong. It gets the value frozen, and must answer at once.
 */
export type AttributeValidator<T = unknown> = ValidateFunction<T>['validate'] | StandardSchema;

/** A method's parameter may be narrower than T: a validator of objects may be given where the type isn't known. */
interface ValidateFunction<T> {
  validate(value: T): ValidationAnswer;
}

/** What a validating function may answer. */
export type ValidationAnswer = void | undefined | null | boolean | string | readonly (string | object)[];

export type { AttributeValidator, ValidationAnswer } from './attribute-validator.js';
export { checkValue } from './check-value.js';
export { isStandardSchema, type StandardSchema } from './standard-schema.js';

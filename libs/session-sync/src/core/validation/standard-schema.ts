/**
 * A validator of the Standard Schema specification, version 1, as zod, valibot and arktype make them: the part of it that
 * is used here.
 */
export interface StandardSchema {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult | Promise<StandardResult>;
  };
}

type StandardResult = { readonly issues?: readonly StandardIssue[] | undefined };

interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Whether `value` is a schema of version 1; schemas may be functions too. */
export function isStandardSchema(value: unknown): value is StandardSchema {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  if (!('~standard' in value)) return false;
  const standard: unknown = value['~standard'];
  if (typeof standard !== 'object' || standard === null) return false;
  const { version, validate }: { readonly version?: unknown; readonly validate?: unknown } = standard;
  return version === 1 && typeof validate === 'function';
}

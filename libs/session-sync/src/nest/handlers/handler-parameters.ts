import 'reflect-metadata';
import { isSessionParameter, type SessionParameter } from '../decorators/session-parameter.js';
import { NEXT_PARAMETER, RESPONSE_PARAMETER, RESPONSE_PASSTHROUGH, ROUTE_ARGS } from '../nest-metadata.js';

/** What the parameter decorators of one handler say. */
export interface HandlerParameters {
  readonly session: readonly SessionParameter[];
  /** Whether the handler writes the response itself: `@Res()` or `@Next()` without `passthrough`. */
  readonly writesResponse: boolean;
}

export function parametersOf(cls: object, method: string): HandlerParameters {
  const args = (Reflect.getMetadata(ROUTE_ARGS, cls, method) ?? {}) as Readonly<Record<string, { data?: unknown }>>;
  const kinds = new Set(Object.keys(args).map((key) => Number(key.split(':', 1)[0])));
  const takesResponse = kinds.has(RESPONSE_PARAMETER) || kinds.has(NEXT_PARAMETER);
  return {
    session: Object.values(args)
      .map(({ data }) => data)
      .filter(isSessionParameter),
    writesResponse: takesResponse && Reflect.getMetadata(RESPONSE_PASSTHROUGH, cls, method) !== true,
  };
}

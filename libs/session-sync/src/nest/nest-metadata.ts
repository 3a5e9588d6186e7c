/**
 * Keys under which Nest keeps what its decorators said. Equal in Nest 11 and 12, but exported from different places;
 * nest-metadata.spec.ts compares them with the installed Nest.
 */
export const ROUTE_ARGS = '__routeArguments__';
export const ROUTE_PATH = 'path';
export const RESPONSE_PASSTHROUGH = '__responsePassthrough__';
export const SSE = '__sse__';
export const INTERCEPTORS = '__interceptors__';
export const EXCEPTION_FILTERS = '__exceptionFilters__';
export const CATCH_TYPES = '__filterCatchExceptions__';
export const CONSTRUCTOR_TYPES = 'design:paramtypes';
export const CONSTRUCTOR_TOKENS = 'self:paramtypes';
export const PROPERTY_TOKENS = 'self:properties_metadata';
export const MESSAGE_HANDLER_KIND = 'microservices:handler_type';

/** Numbers of the parameter kinds in {@link ROUTE_ARGS} keys that hand the response, or its successor, to the handler. */
export const RESPONSE_PARAMETER = 1;
export const NEXT_PARAMETER = 2;

import { STATUS_CODES } from 'node:http';
import { InvalidAttributeError, SessionSyncError, StoreUnavailableError } from '../../core/errors/index.js';

/** What a client is answered for an error. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Outcomes that are the client's or the store's business; every other error is a defect of the application: 500. */
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  COMMIT_CONFLICT: 409,
  ATTRIBUTE_VERSION: 409,
  SESSION_ENDED: 401,
  SESSION_TOO_LARGE: 413,
  INVALID_ATTRIBUTE: 422,
  STORE_UNAVAILABLE: 503,
  COMMIT_UNKNOWN: 503,
  STORE_REGRESSION: 503,
};

/** How an error reads on the wire; used by the filter, and where no filter runs. */
export function answerOf(error: unknown): ErrorAnswer {
  const status = (error instanceof SessionSyncError ? STATUS_BY_CODE[error.code] : undefined) ?? 500;
  if (!(error instanceof SessionSyncError) || status === 500) {
    return { status, headers: {}, body: { statusCode: 500, message: 'Internal server error' } };
  }
  const { code, retryable } = error;
  const body = {
    statusCode: status,
    error: STATUS_CODES[status],
    code,
    retryable,
    message: messageOf(error, status),
    ...(error instanceof InvalidAttributeError && { problems: error.problems }),
  };
  return { status, headers: retryHeaders(error), body };
}

/** What happened in the store is for logs: outsiders learn that it did, and what to do. */
function messageOf(error: SessionSyncError, status: number): string {
  if (status < 500) return error.message;
  return error.retryable
    ? 'The session store is unavailable. Try again later.'
    : 'Whether the session was stored is unknown. Read it again before repeating the request.';
}

function retryHeaders(error: SessionSyncError): Record<string, string> {
  if (!(error instanceof StoreUnavailableError)) return {};
  return { 'Retry-After': String(Math.max(1, Math.ceil(error.retryAfterMs / 1000))) };
}

import { Catch, Inject, Logger, Optional, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { throwError } from 'rxjs';
import { SessionSyncError, UnitEndedError } from '../../core/errors/index.js';
import { rpcAnswerOf } from '../rpc/rpc-answer.js';
import { answerOf } from './error-answer.js';
import { OtherFilters } from './other-filters.js';

/**
 * Answers the errors of sessions: registered for the whole application, and behind every filter of its own that names
 * them (`@Catch(SessionSyncError)`, `@Catch(CommitConflictError)`).
 */
@Catch(SessionSyncError)
export class SessionErrorFilter implements ExceptionFilter<SessionSyncError> {
  private readonly logger = new Logger('SessionSync');

  constructor(
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Optional() @Inject(OtherFilters) private readonly others?: OtherFilters,
  ) {}

  catch(error: SessionSyncError, host: ArgumentsHost): unknown {
    const other = this.others?.forError(error, this);
    if (other !== undefined) return other.catch(error, host) as unknown;
    if (host.getType() === 'rpc') return throwError(() => rpcAnswerOf(error));
    if (host.getType() !== 'http') throw error;
    return this.answer(error, host.getArgByIndex(1));
  }

  private answer(error: SessionSyncError, response: unknown): void {
    const { status, headers, body } = answerOf(error);
    if (error instanceof UnitEndedError && hasClientLeft(response)) this.logger.debug(error.message);
    else if (status === 500) this.logger.error(error);
    else if (status > 500) this.logger.warn(`${error.code}: ${error.message}`);
    const adapter = this.adapterHost.httpAdapter;
    if (adapter.isHeadersSent(response)) {
      adapter.end(response);
      return;
    }
    for (const [name, value] of Object.entries(headers)) adapter.setHeader(response, name, value);
    void adapter.reply(response, body, status);
  }
}

/** A unit ends with its client: what still waited for it then is no defect of the application. */
function hasClientLeft(response: unknown): boolean {
  if (typeof response !== 'object' || response === null) return false;
  const raw = 'raw' in response ? response.raw : response;
  return typeof raw === 'object' && raw !== null && 'destroyed' in raw && raw.destroyed === true;
}

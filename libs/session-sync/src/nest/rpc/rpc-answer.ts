import { SessionSyncError } from '../../core/errors/index.js';

/** What a caller is answered for an error of its session: the shape Nest gives RPC errors, with code and retryable. */
export interface RpcAnswer {
  readonly status: 'error';
  readonly code: string;
  readonly retryable: boolean;
  readonly message: string;
}

export function rpcAnswerOf({ code, retryable, message }: SessionSyncError): RpcAnswer {
  return { status: 'error', code, retryable, message };
}

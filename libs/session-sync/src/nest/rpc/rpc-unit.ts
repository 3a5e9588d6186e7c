import type { OpenRequest, UnitOfWork } from '../../engine/index.js';
import { HandlerUnit, type UnitEnvironment } from '../handlers/handler-unit.js';
import { leaveForReply } from './reply-facts.js';
import { carriedIn } from './session-header.js';

/** The unit of one message. */
export class RpcUnit extends HandlerUnit {
  /** Several handlers may listen to one event: each has a unit of its own. */
  isTaken = false;

  constructor(
    environment: UnitEnvironment,
    /** Nest's context of the message: NatsContext, TcpContext, … */
    private readonly context: object,
  ) {
    super(environment);
  }

  /** The message is done with: what no handler has ended by now is given up. */
  close(): void {
    this.abandon();
  }

  protected override origin(isReadOnly: boolean): OpenRequest {
    const carried = carriedIn(headersOf(this.context));
    if (carried === undefined) return { key: undefined, isReadOnly, whenAbsent: 'refuse' };
    return { key: carried.key, atLeast: carried.revision, isReadOnly, whenAbsent: 'sameKey' };
  }

  /** Whoever runs the handler closes the unit. */
  protected override watch(): void {}

  protected override tell({ key, revision }: UnitOfWork): void {
    if (key !== undefined) leaveForReply(this.context, { key, revision });
  }
}

/** Only transports with headers carry sessions. */
function headersOf(context: object): unknown {
  if (!('getHeaders' in context) || typeof context.getHeaders !== 'function') return undefined;
  return (context as { getHeaders(): unknown }).getHeaders();
}

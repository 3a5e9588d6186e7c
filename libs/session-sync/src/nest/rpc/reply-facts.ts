import { formatSessionHeader, type CarriedSession } from './session-header.js';

/** On the context of a message, for the server that will send its reply: Nest builds both apart. */
const REPLY_HEADER = Symbol.for('nest-session-sync.reply');

export function leaveForReply(context: object, session: CarriedSession): void {
  Reflect.set(context, REPLY_HEADER, formatSessionHeader(session));
}

/** The value of the session header that the reply to this message should have. */
export function replyHeaderOf(context: object | undefined): string | undefined {
  return context && (Reflect.get(context, REPLY_HEADER) as string | undefined);
}

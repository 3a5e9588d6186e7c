import { ServerNats, type NatsContext } from '@nestjs/microservices';
import { replyHeaderOf } from './reply-facts.js';
import { SESSION_HEADER } from './session-header.js';

type Publisher = ReturnType<ServerNats['getPublisher']>;

interface Message {
  readonly headers?: Headers;
  respond(data: unknown, options?: { headers?: Headers }): unknown;
}

interface Headers {
  set(name: string, value: string): void;
}

/**
 * Nest's NATS server whose replies say, in a header, up to which revision the handler's session has come: the caller
 * needn't ask for it. Use it as a custom strategy: `{ strategy: new SessionServerNats({ servers }) }`.
 */
export class SessionServerNats extends ServerNats {
  override getPublisher(message: Message, id: string, context: NatsContext): Publisher {
    const respond = (data: unknown, options: { headers?: Headers } = {}): unknown => {
      const value = replyHeaderOf(context);
      if (value === undefined) return message.respond(data, options);
      const headers = options.headers ?? emptyLike(message.headers);
      headers?.set(SESSION_HEADER, value);
      return message.respond(data, headers === undefined ? options : { ...options, headers });
    };
    // The publisher answers through what it is given: one with the reply subject of the message, and our respond.
    return super.getPublisher({ reply: (message as { reply?: string }).reply, respond }, id, context);
  }
}

/** New headers of the same client library as those of the message that carried the session. */
function emptyLike(headers: Headers | undefined): Headers | undefined {
  return headers && (Reflect.construct(headers.constructor, []) as Headers);
}

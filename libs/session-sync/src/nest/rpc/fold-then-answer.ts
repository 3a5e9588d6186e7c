import type { WritePacket } from '@nestjs/microservices';
import type { SessionCall } from './session-call.js';
import { carriedIn, type CarriedSession } from './session-header.js';

type Answer = (packet: WritePacket) => unknown;
type Receive = (error: Error | null, message: { readonly headers?: unknown }) => Promise<unknown>;

/**
 * Hands a callee's answers on, in order, each after the caller's unit has taken over what the callee committed before
 * it. `receive` makes Nest's own reader of replies, given what it should call with each answer.
 */
export function foldThenAnswer(call: SessionCall, answer: Answer, receive: (folding: Answer) => Receive): Receive {
  let before: Promise<unknown> = Promise.resolve();
  return async (error, message) => {
    const told = error === null ? carriedIn(message?.headers) : undefined;
    const folding: Answer = (packet) => {
      before = before.then(() => answerFolded(call, told, packet)).then(answer);
      return before;
    };
    return receive(folding)(error, message);
  };
}

async function answerFolded(
  call: SessionCall,
  told: CarriedSession | undefined,
  packet: WritePacket,
): Promise<WritePacket> {
  // Nest's own server says nothing: then the last answer is the time to ask.
  if (told === undefined && packet.isDisposed !== true) return packet;
  try {
    await call.fold(told);
    return packet;
  } catch (err) {
    return { err, isDisposed: true };
  }
}

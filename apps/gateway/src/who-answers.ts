import type { IncomingMessage, ServerResponse } from 'node:http';
import { environment } from './environment.js';

/** Names this node in every response, also in those that tell of an error. */
export function tellWhoAnswers(_request: IncomingMessage, response: ServerResponse, next: () => void): void {
  response.setHeader('X-Node', environment.nodeName);
  next();
}

import type { ServerResponse } from 'node:http';
import { answerOf } from './error-answer.js';

/** Headers that describe the answer the handler wanted to give; others (CORS, tracing) fit the refusal as well. */
const OF_THE_CONTENT =
  /^(?:content-.*|transfer-encoding|etag|last-modified|location|cache-control|expires|accept-ranges)$/;

export function describesContent(headerName: string): boolean {
  return OF_THE_CONTENT.test(headerName.toLowerCase());
}

/** Answers `error` on a raw response whose head isn't sent yet. */
export function refuse(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return;
  const { status, headers, body } = answerOf(error);
  const text = JSON.stringify(body);
  for (const name of response.getHeaderNames()) {
    if (describesContent(name)) response.removeHeader(name);
  }
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = status;
  response.statusMessage = '';
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}

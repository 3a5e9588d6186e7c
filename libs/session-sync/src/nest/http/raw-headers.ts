import type { ServerResponse } from 'node:http';
import type { ResponseHeaders } from './id-source.js';

/** The headers of Node's own response. */
export function rawHeaders(response: ServerResponse): ResponseHeaders {
  return {
    set: (name, value) => void response.setHeader(name, value),
    append: (name, value) => void response.appendHeader(name, value),
  };
}

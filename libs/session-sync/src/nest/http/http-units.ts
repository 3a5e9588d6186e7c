import type { IncomingMessage } from 'node:http';
import type { HttpUnit } from './http-unit.js';

/** The units of the requests that are being answered, found by the raw request: guards and constructors come before handlers. */
export class HttpUnits {
  private readonly byRequest = new WeakMap<object, HttpUnit>();

  add(request: IncomingMessage, unit: HttpUnit): void {
    this.byRequest.set(request, unit);
  }

  /** `request` as Nest hands it out: raw on Express, wrapped on Fastify. */
  of(request: unknown): HttpUnit | undefined {
    if (typeof request !== 'object' || request === null) return undefined;
    const raw = 'raw' in request && typeof request.raw === 'object' ? request.raw : request;
    return raw === null ? undefined : this.byRequest.get(raw);
  }
}

import type { IncomingMessage } from 'node:http';
import type { HttpUnit } from './http-unit.js';

/** The units of the requests that are being answered, found by the raw request: guards and constructors come before handlers. */
export class HttpUnits {
  /** Of this application alone. On the request itself: a weak map would cost every garbage collection. */
  private readonly key = Symbol('nest-session-sync: unit');

  add(request: IncomingMessage, unit: HttpUnit): void {
    Reflect.set(request, this.key, unit);
  }

  /** `request` as Nest hands it out: raw on Express, wrapped on Fastify. */
  of(request: unknown): HttpUnit | undefined {
    if (typeof request !== 'object' || request === null) return undefined;
    const raw = 'raw' in request && typeof request.raw === 'object' ? request.raw : request;
    return raw === null ? undefined : (Reflect.get(raw, this.key) as HttpUnit | undefined);
  }
}

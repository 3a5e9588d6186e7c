import type { IncomingMessage, ServerResponse } from 'node:http';
import { runInSlot } from '../../unit-context/index.js';
import { answerOf } from './error-answer.js';
import { HttpUnit, type HttpEnvironment } from './http-unit.js';
import type { HttpUnits } from './http-units.js';
import { describesContent } from './refuse.js';

/** As much of Fastify as sessions need. */
interface FastifyInstance {
  addHook(name: 'preHandler', hook: (request: Request, reply: Reply, done: () => void) => void): unknown;
  addHook(
    name: 'onSend',
    hook: (request: Request, reply: Reply, payload: unknown, done: (error: null, payload: unknown) => void) => void,
  ): unknown;
}

interface Request {
  readonly raw: IncomingMessage;
}

interface Reply {
  readonly raw: ServerResponse;
  code(status: number): unknown;
  header(name: string, value: string): unknown;
  getHeaders(): Readonly<Record<string, unknown>>;
  removeHeader(name: string): unknown;
}

/**
 * Gives every request its unit, not opened yet: in `preHandler`, since parsing the body loses the async context of
 * earlier hooks. Handlers that write the response themselves commit in `onSend`, where the status can still change.
 */
export function attachToFastify(instance: FastifyInstance, environment: HttpEnvironment, units: HttpUnits): void {
  instance.addHook('preHandler', (request, reply, done) => {
    const unit = new HttpUnit(environment, request.raw, reply.raw, {
      set: (name, value) => void reply.header(name, value),
      // Fastify's own way with this header: it adds.
      append: (name, value) => void reply.header(name, value),
    });
    units.add(request.raw, unit);
    runInSlot(unit, done);
  });
  instance.addHook('onSend', (request, reply, payload, done) => {
    const unit = units.of(request.raw);
    if (unit === undefined || !unit.awaitsFirstByte) return done(null, payload);
    unit.settle().then(
      () => done(null, payload),
      (error: unknown) => done(null, refusal(reply, payload, error)),
    );
  });
}

/** Turns `reply` into the answer to `error`; returns its payload. */
function refusal(reply: Reply, payload: unknown, error: unknown): string {
  if (isDestroyable(payload)) payload.destroy();
  const { status, headers, body } = answerOf(error);
  for (const name of Object.keys(reply.getHeaders())) {
    if (describesContent(name)) reply.removeHeader(name);
  }
  for (const [name, value] of Object.entries(headers)) reply.header(name, value);
  reply.header('content-type', 'application/json; charset=utf-8');
  reply.code(status);
  return JSON.stringify(body);
}

function isDestroyable(payload: unknown): payload is { destroy(): void } {
  return (
    typeof payload === 'object' && payload !== null && 'destroy' in payload && typeof payload.destroy === 'function'
  );
}

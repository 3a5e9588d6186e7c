import type { ExecutionContext } from '@nestjs/common';
import type { SessionId } from '../core/session/identity.js';
import type { Composition } from '../standalone/index.js';
import type { HandlerPlan } from './handlers/handler-plan.js';
import type { HandlerUnit } from './handlers/handler-unit.js';
import { RunningUnits } from './handlers/running-units.js';
import { ClientIds } from './http/client-id.js';
import type { HttpEnvironment } from './http/http-unit.js';
import { HttpUnits } from './http/http-units.js';
import { cookie, type IdOption } from './http/id-options.js';
import { RpcUnits } from './rpc/rpc-units.js';
import { SessionSync, type UnitFinder } from './session-sync.js';

/** The units of one application's requests and messages, and what they share. */
export class ApplicationUnits implements UnitFinder {
  readonly sync: SessionSync;
  readonly running = new RunningUnits();
  readonly http = new HttpUnits();
  readonly rpc: RpcUnits;
  readonly environment: HttpEnvironment;

  constructor(
    { engine, ...rest }: Composition,
    plans: ReadonlyMap<unknown, HandlerPlan>,
    id: readonly [IdOption, ...IdOption[]] = [cookie()],
  ) {
    this.sync = new SessionSync({ engine, ...rest }, this);
    const arithmetic = { crypto: engine.ports.crypto, keyOf: (one: SessionId) => engine.keyOf(one) };
    this.environment = {
      sync: this.sync,
      plans,
      running: this.running,
      clientIds: new ClientIds(id, arithmetic),
    };
    this.rpc = new RpcUnits(this.environment);
  }

  of(context: ExecutionContext): HandlerUnit | undefined {
    switch (context.getType()) {
      case 'http':
        return this.http.of(context.switchToHttp().getRequest());
      case 'rpc':
        return this.rpc.of(context.switchToRpc().getContext<object>());
      default:
        return undefined;
    }
  }

  /** By what Nest injects as REQUEST. */
  ofRequest(request: unknown): HandlerUnit | undefined {
    const unit = this.http.of(request);
    if (unit !== undefined || typeof request !== 'object' || request === null) return unit;
    if (!('pattern' in request) || !('context' in request)) return undefined;
    return typeof request.context === 'object' && request.context !== null ? this.rpc.of(request.context) : undefined;
  }
}

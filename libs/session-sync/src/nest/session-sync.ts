import type { ExecutionContext } from '@nestjs/common';
import { NoUnitError } from '../core/errors/index.js';
import { SessionSync as StandaloneSessionSync, type Composition } from '../standalone/index.js';
import { SessionState } from '../unit-context/index.js';
import type { HandlerUnit } from './handlers/handler-unit.js';

/** Finds the unit of what Nest is handling. */
export interface UnitFinder {
  of(context: ExecutionContext): HandlerUnit | undefined;
}

/** The session service: units outside requests, and the session in guards. */
export class SessionSync extends StandaloneSessionSync {
  readonly #units: UnitFinder;

  constructor(composition: Composition, units: UnitFinder) {
    super(composition);
    this.#units = units;
  }

  /**
   * Opens the session of a request or message before its handler, in a guard or an interceptor. It is the unit that the
   * handler works in: what is modified here is committed with what the handler modifies, or not at all.
   *
   * @example
   * \@Injectable()
   * class SignedInGuard implements CanActivate {
   *   constructor(private readonly sync: SessionSync) {}
   *
   *   async canActivate(context: ExecutionContext) {
   *     const session = await this.sync.open<ShopSession>(context);
   *     return session.read('userId') !== undefined;
   *   }
   * }
   */
  async open<T extends object = Record<string, unknown>>(context: ExecutionContext): Promise<SessionState<T>> {
    const unit = this.#units.of(context);
    if (unit === undefined) throw new NoUnitError(`sessionSync.open() in a context of type "${context.getType()}"`);
    await unit.open(context.getHandler());
    return new SessionState<T>(unit);
  }
}

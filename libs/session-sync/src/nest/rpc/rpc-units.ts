import type { UnitEnvironment } from '../handlers/handler-unit.js';
import { RpcUnit } from './rpc-unit.js';

/** The units of the messages that are being handled, found by Nest's context: guards and constructors come before handlers. */
export class RpcUnits {
  private readonly byContext = new WeakMap<object, RpcUnit>();

  constructor(private readonly environment: UnitEnvironment) {}

  of(context: object): RpcUnit {
    const known = this.byContext.get(context);
    return known ?? this.begin(context);
  }

  /** The unit for one handler of the message. */
  take(context: object): RpcUnit {
    const known = this.of(context);
    const unit = known.isTaken ? new RpcUnit(this.environment, context) : known;
    unit.isTaken = true;
    return unit;
  }

  private begin(context: object): RpcUnit {
    const unit = new RpcUnit(this.environment, context);
    this.byContext.set(context, unit);
    return unit;
  }
}

import {
  Inject,
  Injectable,
  Optional,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Observable } from 'rxjs';
import { runInSlot } from '../../unit-context/index.js';
import { RpcUnits } from './rpc-units.js';

/**
 * Gives every message its unit: messages have no middleware. The handler's wrapper does the rest, as over HTTP. Named by
 * class on message handlers; each application brings its own instance.
 */
@Injectable()
export class MessageUnitInterceptor implements NestInterceptor {
  constructor(@Optional() @Inject(RpcUnits) private readonly units?: RpcUnits) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const message: unknown = context.getType() === 'rpc' ? context.switchToRpc().getContext() : undefined;
    if (this.units === undefined || typeof message !== 'object' || message === null) return next.handle();
    const unit = this.units.take(message);
    return new Observable((subscriber) => {
      // Both calls inside: Nest binds the context of `handle()`, and an Observable does its work when subscribed to.
      const inner = runInSlot(unit, () => next.handle().subscribe(subscriber));
      return () => {
        inner.unsubscribe();
        unit.close();
      };
    });
  }
}

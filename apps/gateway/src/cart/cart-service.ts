import { ConflictException, HttpException, Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import { ClientProxy } from '@nestjs/microservices';
import { SessionSyncError } from 'nest-session-sync';
import { catchError, firstValueFrom, of, timeout, type Observable } from 'rxjs';
import { CART_COMMITS, PRICE_CART, type CommitEntry, type PriceAnswer } from 'shop';
import { fieldsOf } from '../fields-of.js';

export const CART_CLIENT = Symbol('client of the cart service');

const ANSWER_WITHIN_MS = 2_000;

/** The cart service over NATS. The client takes the session of the running request along. */
@Injectable()
export class CartService {
  constructor(@Inject(CART_CLIENT) private readonly client: ClientProxy) {}

  /** Writes prices into the cart. @throws ConflictException | ServiceUnavailableException */
  price(): Promise<PriceAnswer> {
    return firstValueFrom(this.ask<PriceAnswer>(PRICE_CART));
  }

  /** What the service committed to the session lately; nothing while it is away. */
  commits(): Promise<readonly CommitEntry[]> {
    return firstValueFrom(this.ask<readonly CommitEntry[]>(CART_COMMITS).pipe(catchError(() => of([]))));
  }

  private ask<T>(pattern: string): Observable<T> {
    return this.client.send<T>(pattern, {}).pipe(
      timeout(ANSWER_WITHIN_MS),
      catchError((error: unknown) => {
        throw asHttp(error);
      }),
    );
  }
}

/** Errors of the session keep their meaning, whichever process met them; anything else is a service that is away. */
function asHttp(error: unknown): Error {
  if (error instanceof SessionSyncError || error instanceof HttpException) return error;
  if (fieldsOf(error)['code'] === 'COMMIT_CONFLICT')
    return new ConflictException('The cart was changed at the same time. Try again.');
  return new ServiceUnavailableException("The cart service doesn't answer. Try again.");
}

import { AsyncResource } from 'node:async_hooks';
import { ClientNats, type NatsOptions, type PacketId, type ReadPacket, type WritePacket } from '@nestjs/microservices';
import { defer, mergeMap, Observable, type ReplaySubject } from 'rxjs';
import { currentSlot } from '../../unit-context/index.js';
import { foldThenAnswer } from './fold-then-answer.js';
import { SessionCall } from './session-call.js';
import { SESSION_HEADER } from './session-header.js';

type Answer = (packet: WritePacket) => unknown;
type Subscriber = ReturnType<ClientNats['createSubscriptionHandler']>;

interface Headers {
  set(name: string, value: string): void;
  delete(name: string): void;
}

/**
 * Nest's NATS client that takes the running unit's session along: what the unit has modified is committed before the
 * call, the callee's handlers work on the same session, and the reply is held back until this unit sees what the callee
 * committed. Calls outside a unit, and events (`emit`), carry no session.
 *
 * @example
 * const servers = ['nats://localhost:4222'];
 * ClientsModule.register([{ name: 'CART', customClass: SessionClientNats, options: { servers } }]);
 */
export class SessionClientNats extends ClientNats {
  // Nest's own type of `customClass` takes no client with statuses of its own, ClientNats included; nothing narrower fits both.
  // oxlint-disable-next-line typescript/no-explicit-any
  declare protected _status$: ReplaySubject<any>;
  private readonly calls = new WeakMap<object, SessionCall>();
  /** Set while a call's message is being built, which happens in one go. */
  private building: SessionCall | undefined;

  constructor(options: Required<NatsOptions>['options']) {
    // Named here so that headers are made for every message; each gets its own value, or none.
    super({ ...options, headers: { ...options?.headers, [SESSION_HEADER]: '' } });
  }

  override send<TResult = unknown>(pattern: unknown, data: unknown): Observable<TResult> {
    const slot = currentSlot();
    const unit = slot?.state === 'open' ? slot.unit : undefined;
    if (unit === undefined || pattern === undefined || pattern === null || data === undefined || data === null) {
      return super.send<TResult>(pattern, data);
    }
    return defer(async () => {
      const call = await SessionCall.begin(unit);
      await this.connect();
      return call;
    }).pipe(mergeMap((call) => this.call<TResult>({ pattern, data }, call)));
  }

  override createSubscriptionHandler(packet: ReadPacket & PacketId, answer: Answer): Subscriber {
    const call = this.calls.get(packet);
    if (call === undefined) return super.createSubscriptionHandler(packet, answer);
    return foldThenAnswer(call, answer, (folding) => super.createSubscriptionHandler(packet, folding));
  }

  protected override publish(packet: ReadPacket, answer: Answer): () => void {
    this.building = this.calls.get(packet);
    try {
      // NATS calls back from its read loop: back to the context of whoever sent.
      return super.publish(packet, AsyncResource.bind(answer));
    } finally {
      this.building = undefined;
    }
  }

  protected override mergeHeaders(requestHeaders?: unknown): unknown {
    const headers = super.mergeHeaders(requestHeaders) as Headers;
    if (this.building === undefined) headers.delete(SESSION_HEADER);
    else headers.set(SESSION_HEADER, this.building.header);
    return headers;
  }

  private call<T>(packet: ReadPacket, call: SessionCall | undefined): Observable<T> {
    return new Observable((observer) => {
      if (call !== undefined) this.calls.set(packet, call);
      return this.publish(packet, this.createObserver<T>(observer));
    });
  }
}

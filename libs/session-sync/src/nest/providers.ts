import { Scope, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER, REQUEST } from '@nestjs/core';
import { compose, type Composition } from '../standalone/index.js';
import { SessionState } from '../unit-context/index.js';
import { ApplicationUnits } from './application-units.js';
import { createClassAccessor } from './class-accessor.js';
import { bindHandlers } from './handlers/bind-handlers.js';
import type { HandlerPlan } from './handlers/handler-plan.js';
import { OtherFilters } from './http/other-filters.js';
import { SessionErrorFilter } from './http/session-error.filter.js';
import { SessionProperties } from './properties/session-properties.js';
import { MessageUnitInterceptor } from './rpc/message-unit.interceptor.js';
import { SessionSync } from './session-sync.js';
import { StartUp } from './start-up.js';
import { COMPOSITION } from './tokens.js';

/** What the module provides besides its options, for one session class. */
export function sessionProviders(sessionClass: unknown): Provider[] {
  return [
    StartUp,
    OtherFilters,
    SessionErrorFilter,
    { provide: APP_FILTER, useExisting: SessionErrorFilter },
    { provide: COMPOSITION, inject: [StartUp], useFactory: ({ options }: StartUp) => compose(options) },
    { provide: ApplicationUnits, inject: [StartUp, COMPOSITION, SessionErrorFilter], useFactory: createUnits },
    { provide: SessionSync, inject: [ApplicationUnits], useFactory: ({ sync }: ApplicationUnits) => sync },
    SessionProperties,
    {
      provide: SessionState,
      scope: Scope.REQUEST,
      inject: [REQUEST, ApplicationUnits],
      useFactory: (request: unknown, units: ApplicationUnits) => new SessionState(units.ofRequest(request)),
    },
    ...(typeof sessionClass === 'function' ? [classProvider(sessionClass as new () => object)] : []),
  ];
}

/** What other modules may inject. */
export function exportedTokens(sessionClass: unknown): NonNullable<DynamicModule['exports']> {
  const own = [SessionSync, SessionState];
  return typeof sessionClass === 'function' ? [...own, sessionClass] : own;
}

function classProvider(sessionClass: new () => object): Provider {
  return {
    provide: sessionClass,
    inject: [SessionSync],
    useFactory: (sync: SessionSync) => createClassAccessor(sync.shape, sync),
  };
}

/** Binds the handlers before the routes are registered: Nest registers them when everything is instantiated. */
function createUnits(
  { options, handlers }: StartUp,
  composition: Composition,
  filter: SessionErrorFilter,
): ApplicationUnits {
  const plans = new Map<unknown, HandlerPlan>();
  const units = new ApplicationUnits(composition, plans, options.id);
  const interceptor = { token: MessageUnitInterceptor, instance: new MessageUnitInterceptor(units.rpc) };
  bindHandlers(handlers, { interceptor, filter: { token: SessionErrorFilter, instance: filter } }, plans);
  return units;
}

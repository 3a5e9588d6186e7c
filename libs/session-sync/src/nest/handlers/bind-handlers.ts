import 'reflect-metadata';
import { EXCEPTION_FILTERS, INTERCEPTORS } from '../nest-metadata.js';
import type { HandlerPlan } from './handler-plan.js';
import type { SurveyedHandler } from './survey.js';
import { wrapHandler } from './wrap-handler.js';

type Enhancer = abstract new (...args: never[]) => object;

/** What meets messages before their handlers: classes named on the handlers, whose instances each application brings. */
export interface MessageEnhancers {
  readonly interceptor: Bound;
  readonly filter: Bound;
}

interface Bound {
  readonly token: Enhancer;
  readonly instance: object;
}

/** Puts units around the handlers of one application and notes their plans. Called before the routes are registered. */
export function bindHandlers(
  handlers: readonly SurveyedHandler[],
  enhancers: MessageEnhancers,
  plans: Map<unknown, HandlerPlan>,
): void {
  for (const { controller, method, plan, isMessageHandler, host } of handlers) {
    const handler = wrapHandler(controller.prototype as object, method);
    plans.set(handler, merged(plans.get(handler), plan));
    if (!isMessageHandler) continue;
    nameFirst(INTERCEPTORS, enhancers.interceptor.token, handler);
    // On the class: filters of the handler and of the class itself come before it, global ones after.
    nameFirst(EXCEPTION_FILTERS, enhancers.filter.token, controller);
    // In place of what Nest made itself, if the class was named before: two applications may share a controller class.
    for (const kind of ['interceptor', 'filter'] as const) {
      const { token, instance } = enhancers[kind];
      host.addInjectable({ provide: token, useValue: instance }, kind);
    }
  }
}

/** One class may be a controller of two modules that inject different things into it. */
function merged(known: HandlerPlan | undefined, plan: HandlerPlan): HandlerPlan {
  return { ...plan, opensSession: plan.opensSession || known?.opensSession === true };
}

/** An application without sessions makes an instance by itself, without what ours is given: it does nothing. */
function nameFirst(key: string, enhancer: Enhancer, target: object): void {
  const named = (Reflect.getMetadata(key, target) as readonly unknown[] | undefined) ?? [];
  if (!named.includes(enhancer)) Reflect.defineMetadata(key, [enhancer, ...named], target);
}

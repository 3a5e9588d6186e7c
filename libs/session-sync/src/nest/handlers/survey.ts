import 'reflect-metadata';
import { MetadataScanner, type ModulesContainer } from '@nestjs/core';
import { declarationsOf, type Class, type SessionShape } from '../../core/access/index.js';
import { misplacedOn } from '../decorators/misplaced.js';
import { sessionModeOf } from '../decorators/session-mode.js';
import { MESSAGE_HANDLER_KIND, ROUTE_PATH, SSE } from '../nest-metadata.js';
import { problemsOfHandler } from './check-handler.js';
import type { HandlerPlan } from './handler-plan.js';
import { parametersOf } from './handler-parameters.js';
import { InjectionTree, type NestModule, type Wrapper } from './injection-tree.js';

/** One handler of one controller class. */
export interface SurveyedHandler {
  readonly controller: Class;
  readonly method: string;
  readonly plan: HandlerPlan;
  readonly isMessageHandler: boolean;
  readonly host: NestModule;
}

export interface Survey {
  readonly handlers: readonly SurveyedHandler[];
  /** What is wrong with the session decorators of the whole application. */
  readonly problems: readonly string[];
}

export interface SurveyedApplication {
  readonly modules: ModulesContainer;
  readonly sessionClass: Class;
  readonly shape: SessionShape | undefined;
  /** Injecting one of these means using the session. */
  readonly sessionTokens: ReadonlySet<unknown>;
}

const scanner = new MetadataScanner();

/** Reads what the application's classes declare, before any route is registered. Changes nothing. */
export function surveyHandlers(application: SurveyedApplication): Survey {
  const { modules, sessionClass, shape, sessionTokens } = application;
  const tree = new InjectionTree(sessionTokens);
  const handlers: SurveyedHandler[] = [];
  const problems: string[] = [...misplacedOn(sessionClass)];
  for (const host of modules.values()) {
    for (const wrapper of host.controllers.values()) {
      const controller = classOf(wrapper);
      if (controller === undefined) continue;
      problems.push(...problemsOfClass(controller, sessionClass));
      const usesSession = tree.reaches(wrapper, host);
      for (const method of scanner.getAllMethodNames(controller.prototype as object)) {
        const surveyed = surveyHandler(controller, method, usesSession, shape, problems);
        if (surveyed !== undefined) handlers.push({ ...surveyed, host });
      }
    }
    for (const wrapper of host.providers.values()) {
      const provider = classOf(wrapper);
      if (provider !== undefined && provider !== sessionClass)
        problems.push(...problemsOfProvider(provider, sessionClass));
    }
  }
  return { handlers, problems: [...new Set(problems)] };
}

function surveyHandler(
  controller: Class,
  method: string,
  usesSession: boolean,
  shape: SessionShape | undefined,
  problems: string[],
): Omit<SurveyedHandler, 'host'> | undefined {
  const handler = Reflect.get(controller.prototype as object, method) as object;
  const isMessageHandler = Reflect.getMetadata(MESSAGE_HANDLER_KIND, handler) !== undefined;
  if (!isMessageHandler && Reflect.getMetadata(ROUTE_PATH, handler) === undefined) return undefined;
  const mode = { ...sessionModeOf(controller), ...sessionModeOf(handler) };
  const { session, writesResponse } = parametersOf(controller, method);
  const isReadOnly = mode.isReadOnly === true || Reflect.getMetadata(SSE, handler) === true;
  problems.push(
    ...problemsOfHandler({ label: `${controller.name}.${method}`, mode, isReadOnly, parameters: session }, shape),
  );
  const opensSession = mode.isClosed !== true && (session.length > 0 || usesSession);
  const endsWith = writesResponse ? 'firstByte' : 'value';
  return { controller, method, isMessageHandler, plan: { opensSession, isReadOnly, endsWith } };
}

function problemsOfProvider(provider: Class, sessionClass: Class): string[] {
  const problems = problemsOfClass(provider, sessionClass);
  for (const method of scanner.getAllMethodNames(provider.prototype as object)) {
    if (parametersOf(provider, method).session.length === 0) continue;
    problems.push(
      `${provider.name}.${method}: session parameters work in controllers; gateways and resolvers aren't built yet.`,
    );
  }
  return problems;
}

function problemsOfClass(cls: Class, sessionClass: Class): string[] {
  const problems = [...misplacedOn(cls)];
  if (cls === sessionClass) return problems;
  for (const { name } of declarationsOf(cls)) {
    problems.push(
      `${cls.name}.${String(name)}: @SessionAttr() on a property of a controller or provider isn't built yet. Inject SessionState or ${sessionClass.name}, or take the attribute as a parameter of the handler.`,
    );
  }
  return problems;
}

/** The class behind a wrapper; undefined for values and factories. */
function classOf(wrapper: Wrapper): Class | undefined {
  const { metatype } = wrapper;
  if (typeof metatype !== 'function' || Array.isArray(wrapper.inject)) return undefined;
  return typeof metatype.prototype === 'object' ? (metatype as Class) : undefined;
}

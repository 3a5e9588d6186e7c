import 'reflect-metadata';
import { MetadataScanner, type ModulesContainer } from '@nestjs/core';
import type { Class, SessionShape } from '../../core/access/index.js';
import { misplacedOn } from '../decorators/misplaced.js';
import { sessionModeOf } from '../decorators/session-mode.js';
import { MESSAGE_HANDLER_KIND, ROUTE_PATH, SSE } from '../nest-metadata.js';
import { problemsOfProperties, problemsOfScope, problemsOfSessionClass } from '../properties/check-properties.js';
import { classOf, visibleClassOf } from '../properties/classes-of-wrappers.js';
import { propertiesOf } from '../properties/session-property.js';
import { problemsOfHandler } from './check-handler.js';
import type { HandlerPlan } from './handler-plan.js';
import { parametersOf } from './handler-parameters.js';
import { InjectionTree, type NestModule, type Wrapper } from './injection-tree.js';
import { RequestScopes } from './request-scopes.js';

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
  const tree = new InjectionTree(({ token, wrapper }) => sessionTokens.has(token) || hasProperties(wrapper));
  const handlers: SurveyedHandler[] = [];
  const problems: string[] = [...misplacedOn(sessionClass), ...problemsOfSessionClass(sessionClass)];
  for (const host of modules.values()) {
    for (const wrapper of host.controllers.values()) {
      const controller = classOf(wrapper);
      if (controller === undefined) continue;
      const usesSession = tree.reaches(wrapper, host);
      for (const method of scanner.getAllMethodNames(controller.prototype as object)) {
        const surveyed = surveyHandler(controller, method, usesSession, shape, problems);
        if (surveyed !== undefined) handlers.push({ ...surveyed, host });
      }
    }
    problems.push(...problemsOfInjectables(host, application));
  }
  return { handlers, problems: [...new Set(problems)] };
}

function hasProperties(wrapper: Wrapper | undefined): boolean {
  const cls = wrapper === undefined ? undefined : visibleClassOf(wrapper);
  return cls !== undefined && propertiesOf(cls).length > 0;
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

/** What is wrong with the classes of one module: its controllers, its providers, its guards and their like. */
function problemsOfInjectables(host: NestModule, { sessionClass, shape }: SurveyedApplication): string[] {
  const scopes = new RequestScopes();
  const { controllers, providers, injectables } = host;
  const problems: string[] = [];
  for (const wrapper of [...controllers.values(), ...providers.values(), ...injectables.values()] as Wrapper[]) {
    const cls = visibleClassOf(wrapper);
    if (cls === undefined || cls === sessionClass) continue;
    problems.push(...misplacedOn(cls), ...problemsOfProperties(cls, sessionClass, shape));
    if (!hasProperties(wrapper)) continue;
    if (wrapper.isTransient || scopes.includes(wrapper, host)) {
      problems.push(...problemsOfScope(cls, sessionClass, wrapper.isTransient));
    }
  }
  for (const provider of [...providers.values()].map(classOf)) {
    if (provider !== undefined && provider !== sessionClass) problems.push(...problemsOfProviderMethods(provider));
  }
  return problems;
}

function problemsOfProviderMethods(provider: Class): string[] {
  return scanner
    .getAllMethodNames(provider.prototype as object)
    .filter((method) => parametersOf(provider, method).session.length > 0)
    .map(
      (method) =>
        `${provider.name}.${method}: session parameters work in controllers; gateways and resolvers aren't built yet.`,
    );
}

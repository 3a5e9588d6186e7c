import { Inject, Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { describeSession, type SessionShape } from '../core/access/index.js';
import { InvalidOptionsError } from '../core/errors/index.js';
import { problemsOfOptions } from '../standalone/index.js';
import { deriveClassCatalog } from '../transformer/index.js';
import { SessionState } from '../unit-context/index.js';
import type { GivenOptions } from './given-options.js';
import { surveyHandlers, type SurveyedHandler } from './handlers/survey.js';
import { problemsOfIds } from './http/id-option-checks.js';
import { NEST_OPTION_NAMES, type SessionSyncModuleOptions } from './module-options.js';
import { GIVEN_OPTIONS } from './tokens.js';

const WHERE = 'SessionSyncModule';

/**
 * Everything that can be wrong before anything is started: options, session class, and the session decorators of the
 * whole application. Made first; all problems are told at once.
 */
@Injectable()
export class StartUp {
  readonly options: SessionSyncModuleOptions;
  readonly handlers: readonly SurveyedHandler[];

  /** @throws InvalidOptionsError */
  constructor(
    @Inject(GIVEN_OPTIONS) given: GivenOptions,
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
  ) {
    const options = asOptions(given);
    const problems = [...this.problemsOfRoots(), ...given.problems, ...problemsOf(options)];
    const { session } = options;
    const shape = typeof session === 'function' ? describe(session, problems) : undefined;
    this.handlers = typeof session === 'function' ? this.survey(session, shape, problems) : [];
    if (problems.length > 0) throw new InvalidOptionsError(WHERE, problems);
    this.options = options;
  }

  private survey(
    sessionClass: new () => object,
    shape: SessionShape | undefined,
    problems: string[],
  ): readonly SurveyedHandler[] {
    const sessionTokens = new Set<unknown>([SessionState, sessionClass]);
    const survey = surveyHandlers({ modules: this.modules, sessionClass, shape, sessionTokens });
    problems.push(...survey.problems);
    return survey.handlers;
  }

  private problemsOfRoots(): string[] {
    const hasStartUp = [...this.modules.values()].filter(({ providers }) => providers.has(StartUp));
    if (hasStartUp.length < 2) return [];
    return [
      "SessionSyncModule.forRoot() is imported twice: one root holds the sessions, further ones aren't built yet. Import it once, in the root module: what it provides is global.",
    ];
  }
}

function asOptions({ options: given, problems }: GivenOptions): SessionSyncModuleOptions {
  if (typeof given === 'object' && given !== null) return given as SessionSyncModuleOptions;
  throw new InvalidOptionsError(
    WHERE,
    problems.length > 0 ? problems : [`options must be an object, not ${String(given)}.`],
  );
}

function problemsOf(options: SessionSyncModuleOptions): string[] {
  const problems = problemsOfOptions(options, NEST_OPTION_NAMES);
  if (options.id !== undefined) problems.push(...problemsOfIds(options.id));
  if (options.isGlobal !== undefined && typeof options.isGlobal !== 'boolean') {
    problems.push('isGlobal: must be true or false.');
  }
  return problems;
}

function describe(sessionClass: new () => object, problems: string[]): SessionShape | undefined {
  try {
    const shape = describeSession(sessionClass);
    deriveClassCatalog(shape);
    return shape;
  } catch (error) {
    if (!(error instanceof InvalidOptionsError)) throw error;
    problems.push(...error.problems.map((problem) => `${sessionClass.name}: ${problem}`));
    return undefined;
  }
}

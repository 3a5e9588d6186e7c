import type { Provider } from '@nestjs/common';
import type { SessionSyncModuleAsyncOptions, SessionSyncOptionsFactory } from './module-options.js';
import { GIVEN_OPTIONS } from './tokens.js';

/** Options as they were given, unchecked. */
export interface GivenOptions {
  readonly options: unknown;
  /** What is wrong with where they were given. */
  readonly problems: readonly string[];
}

/** The providers that get options from a factory, a class, or a provider that exists. */
export function givenOptionsProviders(asyncOptions: SessionSyncModuleAsyncOptions): Provider[] {
  const problems = problemsBeside(asyncOptions);
  if (problems.length > 0) return [{ provide: GIVEN_OPTIONS, useValue: { options: undefined, problems } }];
  if ('useFactory' in asyncOptions) {
    const { inject = [] } = asyncOptions;
    const useFactory = asyncOptions.useFactory as (...dependencies: unknown[]) => unknown;
    const give = async (...injected: unknown[]): Promise<GivenOptions> =>
      completed(await useFactory(...injected), asyncOptions);
    return [{ provide: GIVEN_OPTIONS, inject, useFactory: give }];
  }
  const token = 'useClass' in asyncOptions ? asyncOptions.useClass : asyncOptions.useExisting;
  const give = async (factory: SessionSyncOptionsFactory): Promise<GivenOptions> =>
    completed(await factory.createSessionSyncOptions(), asyncOptions);
  const fromClass: Provider = { provide: GIVEN_OPTIONS, inject: [token], useFactory: give };
  return 'useClass' in asyncOptions ? [{ provide: token, useClass: asyncOptions.useClass }, fromClass] : [fromClass];
}

/** Nest must know these before any factory runs. */
const BESIDE_THE_FACTORY = ['session', 'name', 'isGlobal'] as const;
const SOURCES = ['useFactory', 'useClass', 'useExisting'] as const;
const KNOWN_BESIDE: readonly string[] = [...BESIDE_THE_FACTORY, ...SOURCES, 'imports', 'inject'];

/** What is wrong with where options were given, told before any factory runs. */
function problemsBeside(asyncOptions: SessionSyncModuleAsyncOptions): string[] {
  const given: Readonly<Record<string, unknown>> = { ...asyncOptions };
  const problems = Object.keys(given)
    .filter((name) => !KNOWN_BESIDE.includes(name))
    .map((name) => `${name}: belongs into what the factory of forRootAsync() returns, not beside it.`);
  const sources = SOURCES.filter((source) => source in given);
  if (sources.length !== 1) problems.push(`forRootAsync() needs one of ${SOURCES.join(', ')}, not ${sources.length}.`);
  return problems;
}

function completed(made: unknown, { session, name }: SessionSyncModuleAsyncOptions): GivenOptions {
  if (typeof made !== 'object' || made === null) {
    const problem = `the factory of forRootAsync() must return an object of options, not ${String(made)}.`;
    return { options: undefined, problems: [problem] };
  }
  const problems = BESIDE_THE_FACTORY.filter((option) => option in made).map(
    (option) => `${option}: belongs beside the factory in forRootAsync(), not into what it returns.`,
  );
  return { options: { ...made, session, ...(name !== undefined && { name }) }, problems };
}

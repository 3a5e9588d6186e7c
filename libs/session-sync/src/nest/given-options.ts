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

function completed(made: unknown, { session, name }: SessionSyncModuleAsyncOptions): GivenOptions {
  if (typeof made !== 'object' || made === null) return { options: made, problems: [] };
  const problems = BESIDE_THE_FACTORY.filter((option) => option in made).map(
    (option) => `${option}: belongs beside the factory in forRootAsync(), not into what it returns.`,
  );
  return { options: { ...made, session, ...(name !== undefined && { name }) }, problems };
}

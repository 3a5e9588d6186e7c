import type { FactoryProvider, Provider } from '@nestjs/common';
import type {
  SessionSyncFactoryOptions,
  SessionSyncModuleAsyncOptions,
  SessionSyncOptionsFactory,
} from './module-options.js';
import { GIVEN_OPTIONS } from './tokens.js';

/** The providers that get options from a factory, a class, or a provider that exists. */
export function givenOptionsProviders(asyncOptions: SessionSyncModuleAsyncOptions): Provider[] {
  const { session, name } = asyncOptions;
  const provide = (given: unknown): unknown => ({ ...(given as object), session, ...(name !== undefined && { name }) });
  if ('useFactory' in asyncOptions) {
    const { inject = [] } = asyncOptions;
    const useFactory = asyncOptions.useFactory as (...dependencies: unknown[]) => unknown;
    return [
      {
        provide: GIVEN_OPTIONS,
        inject,
        useFactory: async (...injected: unknown[]) => provide(await useFactory(...injected)),
      },
    ];
  }
  const token = 'useClass' in asyncOptions ? asyncOptions.useClass : asyncOptions.useExisting;
  const fromFactory: FactoryProvider = {
    provide: GIVEN_OPTIONS,
    inject: [token],
    useFactory: async (factory: SessionSyncOptionsFactory): Promise<unknown> => {
      const given: SessionSyncFactoryOptions = await factory.createSessionSyncOptions();
      return provide(given);
    },
  };
  return 'useClass' in asyncOptions
    ? [{ provide: token, useClass: asyncOptions.useClass }, fromFactory]
    : [fromFactory];
}

import {
  Inject,
  Logger,
  Module,
  type DynamicModule,
  type NestModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApplicationUnits } from './application-units.js';
import { givenOptionsProviders } from './given-options.js';
import { attachToAdapter } from './http/attach-to-adapter.js';
import { insecureCookieWarnings } from './http/insecure-cookies.js';
import type { SessionSyncModuleAsyncOptions, SessionSyncModuleOptions } from './module-options.js';
import { exportedTokens, sessionProviders } from './providers.js';
import { StartUp } from './start-up.js';
import { GIVEN_OPTIONS } from './tokens.js';

/** Longest time that handlers get to end their units when the application ends, milliseconds. */
const DRAIN_MS = 5_000;

/** Sessions for the application that imports it: `SessionSyncModule.forRoot({ session: ShopSession, nats, id })`. */
@Module({})
export class SessionSyncModule implements NestModule, OnApplicationShutdown {
  /** The module with these options. They are checked, all at once, when the application starts: InvalidOptionsError. */
  static forRoot(options: SessionSyncModuleOptions): DynamicModule {
    return {
      module: SessionSyncModule,
      global: options.isGlobal ?? true,
      providers: [
        { provide: GIVEN_OPTIONS, useValue: { options, problems: [] } },
        ...sessionProviders(options.session),
      ],
      exports: exportedTokens(options.session),
    };
  }

  /** As `forRoot`, with options that a factory, a class or a provider gives. `session` and `name` stand beside it. */
  static forRootAsync(options: SessionSyncModuleAsyncOptions): DynamicModule {
    return {
      module: SessionSyncModule,
      global: options.isGlobal ?? true,
      imports: options.imports ?? [],
      providers: [...givenOptionsProviders(options), ...sessionProviders(options.session)],
      exports: exportedTokens(options.session),
    };
  }

  constructor(
    @Inject(StartUp) { options }: StartUp,
    @Inject(ApplicationUnits) private readonly units: ApplicationUnits,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
  ) {
    const logger = new Logger('SessionSync');
    for (const warning of insecureCookieWarnings(options.id)) logger.warn(warning);
  }

  /** Called for HTTP applications, after the body parsers and before the routes. */
  configure(): void {
    attachToAdapter(this.adapterHost.httpAdapter, this.units.environment, this.units.http);
  }

  /** Servers are closed by now, but handlers of messages may still be at work: they get time to commit. */
  async onApplicationShutdown(): Promise<void> {
    await this.units.running.drained(DRAIN_MS);
    await this.units.sync.drain();
  }
}

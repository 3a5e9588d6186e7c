import type { DynamicModule, FactoryProvider, Type } from '@nestjs/common';
import type { SessionSyncOptions } from '../standalone/index.js';
import type { IdOption } from './http/id-options.js';

/** Options of `SessionSyncModule.forRoot`. */
export interface SessionSyncModuleOptions extends SessionSyncOptions {
  /**
   * Where clients keep their session id, in the order in which the places are looked at; new clients are told at the
   * first.
   * @default [cookie()]
   */
  readonly id?: readonly [IdOption, ...IdOption[]];
  /**
   * Whether every module of the application can inject SessionState and the session class without importing.
   * @default true
   */
  readonly isGlobal?: boolean;
}

/** Options that a factory gives: all but those that Nest must know before. */
export type SessionSyncFactoryOptions = Omit<SessionSyncModuleOptions, StaticOption>;

/** A class that gives options; see `useClass` and `useExisting`. */
export interface SessionSyncOptionsFactory {
  createSessionSyncOptions(): SessionSyncFactoryOptions | Promise<SessionSyncFactoryOptions>;
}

type StaticOption = 'session' | 'name' | 'isGlobal';

type Source =
  | {
      readonly inject?: FactoryProvider['inject'];
      // As Nest types it: what is injected can't be known here.
      readonly useFactory: (...dependencies: never[]) => SessionSyncFactoryOptions | Promise<SessionSyncFactoryOptions>;
    }
  | { readonly useClass: Type<SessionSyncOptionsFactory> }
  | { readonly useExisting: Type<SessionSyncOptionsFactory> };

/** Options of `SessionSyncModule.forRootAsync`. */
export type SessionSyncModuleAsyncOptions = Pick<SessionSyncModuleOptions, StaticOption> &
  Pick<DynamicModule, 'imports'> &
  Source;

/** Names of options that the Nest module adds to those of the engine. */
export const NEST_OPTION_NAMES: readonly string[] = ['id', 'isGlobal'] satisfies (keyof SessionSyncModuleOptions)[];

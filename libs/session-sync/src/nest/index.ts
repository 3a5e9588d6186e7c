export { CurrentSession } from './decorators/current-session.js';
export { SessionAttr, type SessionAttrParameterOptions } from './decorators/session-attr.js';
export { NoSession, ReadOnlySession, SessionLock } from './decorators/session-mode.js';
export { cookie, header, type CookieIdOptions, type HeaderIdOptions, type IdOption } from './http/id-options.js';
export { SessionErrorFilter } from './http/session-error.filter.js';
export type {
  SessionSyncFactoryOptions,
  SessionSyncModuleAsyncOptions,
  SessionSyncModuleOptions,
  SessionSyncOptionsFactory,
} from './module-options.js';
export { SessionSync } from './session-sync.js';
export { SessionSyncModule } from './session-sync.module.js';

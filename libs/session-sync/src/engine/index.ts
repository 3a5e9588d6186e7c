export type { CommitResult } from './commit-request.js';
export { DEFAULT_SETTINGS, MESSAGE_RESERVE_BYTES, type EngineSettings } from './engine-settings.js';
export type { EnginePorts } from './engine-ports.js';
export type { EngineFigures } from './engine-stats.js';
export { Repetitions } from './repetition.js';
export { SessionEngine, type OpenRequest } from './session-engine.js';
export { SessionSchema } from './session-schema.js';
export type { UnitIdentity, WhenAbsent } from './unit-origin.js';
export { UnitOfWork } from './unit-of-work.js';

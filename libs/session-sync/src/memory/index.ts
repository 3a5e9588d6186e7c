export { FaultySessionLog, type AppendFault } from './faulty-session-log.js';
export { ManualClock } from './manual-clock.js';
export { MemorySessionLog, type MemorySessionLogOptions } from './memory-session-log.js';

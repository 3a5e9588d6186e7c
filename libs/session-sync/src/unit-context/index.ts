export { SessionState } from './session-state.js';
export { currentSlot, isAwaitedByOthers, runInSlot } from './unit-context.js';
export { requireUnit, UnitSlot } from './unit-slot.js';

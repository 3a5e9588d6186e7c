import { AsyncLocalStorage } from 'node:async_hooks';
import type { UnitSlot } from './unit-slot.js';

interface Frame {
  readonly slot: UnitSlot;
  /** Slots of other module instances that this code runs in as well. */
  readonly outer: Frame | undefined;
}

/**
 * The one module-wide constant of the package: it holds nothing itself. Its value, where there is one, carries the
 * slot, and the slot its module.
 */
const frames = new AsyncLocalStorage<Frame>();

/** Runs `work`, and all it starts, in a slot. */
export function runInSlot<T>(slot: UnitSlot, work: () => T): T {
  return frames.run({ slot, outer: frames.getStore() }, work);
}

/** The slot that this code runs in: of that module instance, or the innermost. */
export function currentSlot(owner?: object): UnitSlot | undefined {
  for (let frame = frames.getStore(); frame !== undefined; frame = frame.outer) {
    if (owner === undefined || frame.slot.owner === owner) return frame.slot;
  }
  return undefined;
}

/** Whether this code is part of a unit that others wait for. */
export function isAwaitedByOthers(): boolean {
  for (let frame = frames.getStore(); frame !== undefined; frame = frame.outer) if (frame.slot.isAwaited) return true;
  return false;
}

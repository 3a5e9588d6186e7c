/**
 * A stand-in for a Map or Set answers under this key with the slots of what it stands for. Nothing else can see into
 * one: a proxy has no entries of its own, and the built-in methods refuse it.
 */
export const STAND_IN_SLOTS: unique symbol = Symbol('slots of a stand-in');

interface StandIn {
  readonly [STAND_IN_SLOTS]?: () => unknown[];
}

/** The slots behind a stand-in for a Map or Set; undefined when `object` isn't one. */
export function slotsBehind(object: object): unknown[] | undefined {
  return (object as StandIn)[STAND_IN_SLOTS]?.();
}

/** What the application's declarations say about one handler. */
export interface HandlerPlan {
  /** Whether the session is opened for it. Otherwise a unit runs only if a guard opened one. */
  readonly opensSession: boolean;
  readonly isReadOnly: boolean;
  /**
   * When its unit ends: with the handler's `value` (or the completion of its Observable), or, where the handler itself
   * writes the response, at the `firstByte`.
   */
  readonly endsWith: 'value' | 'firstByte';
}

/** Plans of one application, by the handler as Nest calls it. */
export type HandlerPlans = ReadonlyMap<unknown, HandlerPlan>;

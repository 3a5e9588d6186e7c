/** Whether `value` can be a node of a graph: an object of any kind, no function. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

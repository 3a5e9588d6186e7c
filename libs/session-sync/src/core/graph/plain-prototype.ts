/** Whether somebody gave all objects an enumerable property: then a `for … in` meets more than own ones. */
export function hasEnumerablePrototype(): boolean {
  return Object.keys(Object.prototype).length > 0;
}

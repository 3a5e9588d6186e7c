/** Whether a number or bigint is anywhere in `value`. */
export function holdsNumber(value: unknown): boolean {
  const seen = new Set<unknown>([value]);
  for (const each of seen) {
    if (typeof each === 'number' || typeof each === 'bigint') return true;
    if (typeof each !== 'object' || each === null) continue;
    const parts =
      each instanceof Map ? [...each.keys(), ...each.values()] : each instanceof Set ? each : Object.values(each);
    for (const part of parts) seen.add(part);
  }
  return false;
}

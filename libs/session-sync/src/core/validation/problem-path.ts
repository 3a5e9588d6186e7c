const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const POSITION = /^(?:0|[1-9]\d*)$/;

/** The path with one more step, as it would be written in code. */
export function stepInto(path: string, step: unknown): string {
  const key = typeof step === 'object' && step !== null && 'key' in step ? step.key : step;
  const name = String(key);
  if (POSITION.test(name)) return `${path}[${name}]`;
  return IDENTIFIER.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}

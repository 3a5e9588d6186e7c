/** What a `#` in a class's source may stand in without being a private field. */
const NOT_CODE = /\/\/.*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

/** Whether the source of a class declares or uses `#private` members, which comparison can never see. */
export function hasPrivateFields(cls: abstract new (...args: never[]) => unknown): boolean {
  const source = Function.prototype.toString.call(cls).replace(NOT_CODE, '""');
  return /[\s{;.(]#[A-Za-z_$]/.test(source);
}

import type { CookieIdOptions, HeaderIdOptions } from './id-options.js';

const COOKIE_OPTIONS: readonly string[] = ['secrets', 'name', 'secure', 'sameSite'] satisfies (keyof CookieIdOptions)[];
const HEADER_OPTIONS: readonly string[] = ['secrets'] satisfies (keyof HeaderIdOptions)[];
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** What is wrong with the `id` option, as far as JavaScript lets things be wrong. */
export function problemsOfIds(id: unknown): string[] {
  if (!Array.isArray(id) || id.length === 0) {
    return ['id must be a list such as [cookie({ secrets }), header("x-session")].'];
  }
  const problems = (id as unknown[]).flatMap((one, index) => problemsOf(one, `id[${index}]`));
  const places = (id as unknown[]).map(placeOf);
  places.forEach((place, index) => {
    if (place !== undefined && places.indexOf(place) < index) problems.push(`id[${index}]: ${place} is there twice.`);
  });
  return problems;
}

function problemsOf(one: unknown, where: string): string[] {
  if (!isRecord(one) || !isRecord(one['options'])) return [`${where} must be made by cookie() or header().`];
  const { options } = one;
  if (one['kind'] === 'cookie') return [...problemsOfSecrets(options, where), ...problemsOfCookie(options, where)];
  if (one['kind'] !== 'header') return [`${where} must be made by cookie() or header().`];
  const problems = [...problemsOfSecrets(options, where), ...unknownNames(options, HEADER_OPTIONS, where)];
  if (typeof one['name'] !== 'string' || !TOKEN.test(one['name']))
    problems.push(`${where}: the header's name is no name.`);
  return problems;
}

function problemsOfCookie(options: Readonly<Record<string, unknown>>, where: string): string[] {
  const { name, secure = true, sameSite = 'lax' } = options;
  const problems = unknownNames(options, COOKIE_OPTIONS, where);
  if (typeof secure !== 'boolean') problems.push(`${where}: secure must be true or false.`);
  if (!['lax', 'strict', 'none'].includes(sameSite as string)) {
    problems.push(`${where}: sameSite must be 'lax', 'strict' or 'none'.`);
  }
  if (sameSite === 'none' && secure === false) problems.push(`${where}: browsers drop sameSite 'none' without secure.`);
  if (name === undefined) return problems;
  if (typeof name !== 'string' || !TOKEN.test(name)) problems.push(`${where}: the cookie's name is no name.`);
  else if (/^__(Host|Secure)-/i.test(name) && secure === false) {
    problems.push(`${where}: browsers drop a cookie named ${name} without secure; choose another name.`);
  }
  return problems;
}

function problemsOfSecrets(options: Readonly<Record<string, unknown>>, where: string): string[] {
  const { secrets } = options;
  if (secrets === undefined) return [];
  const isRight =
    Array.isArray(secrets) && secrets.length > 0 && secrets.every((one) => typeof one === 'string' && one !== '');
  return isRight ? [] : [`${where}: secrets must be a list of non-empty strings, the newest first.`];
}

function unknownNames(options: object, known: readonly string[], where: string): string[] {
  const unknown = Object.keys(options).filter((name) => !known.includes(name));
  return unknown.map((name) => `${where}: unknown option '${name}'; known are ${known.join(', ')}.`);
}

function placeOf(one: unknown): string | undefined {
  if (!isRecord(one)) return undefined;
  if (one['kind'] === 'header') return `header ${String(one['name']).toLowerCase()}`;
  const options = isRecord(one['options']) ? one['options'] : {};
  return one['kind'] === 'cookie' ? `cookie ${JSON.stringify(options['name'] ?? 'by default')}` : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

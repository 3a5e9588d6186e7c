import { instanceToPlain, plainToInstance } from 'class-transformer';
import { hasPrivateFields, type Class, type SessionShape } from '../core/access/index.js';
import { InvalidOptionsError } from '../core/errors/index.js';
import { createClassCatalog, type CatalogClass, type ClassCatalog } from '../core/graph/index.js';
import { isNativeClass } from './native-classes.js';
import { isConvertedByTransformer, typeDeclarationsOf } from './transformer-metadata.js';
import { classesIn } from './classes-in.js';

/**
 * The classes that sessions of this shape may hold: those the attributes name or have as defaults, and from there on
 * those that `@Type` names and that fresh instances hold. Never a class that only stored data names.
 * @throws InvalidOptionsError with every class that can't be kept
 */
export function deriveClassCatalog(shape: SessionShape): ClassCatalog {
  const problems: string[] = [];
  const found = new Set<Class>();
  for (const { type, initial, isLocal } of shape.attributes.values()) {
    // It may hold anything, and is never stored.
    if (isLocal) continue;
    if (type !== undefined) collect(type, found, problems);
    for (const cls of classesIn(initial)) collect(cls, found, problems);
  }
  problems.push(...repeatedNames(found), ...[...found].flatMap(problemsOf));
  if (problems.length > 0) throw new InvalidOptionsError(`Classes held by ${shape.sessionClass.name}`, problems);
  return createClassCatalog([...found].map(catalogClass));
}

function collect(cls: Class, found: Set<Class>, problems: string[]): void {
  if (isNativeClass(cls) || found.has(cls)) return;
  found.add(cls);
  for (const next of [...declaredBy(cls, problems), ...heldByFresh(cls)]) collect(next, found, problems);
}

function declaredBy(cls: Class, problems: string[]): Class[] {
  try {
    const named = typeDeclarationsOf(cls).flatMap(({ classes }) => classes);
    return named.filter((one): one is Class => typeof one === 'function');
  } catch (error) {
    problems.push(`a @Type of ${cls.name} can't be read without an instance: ${String(error)}`);
    return [];
  }
}

/** Classes of what a fresh instance holds; nothing where making one needs arguments. */
function heldByFresh(cls: Class): Class[] {
  if (cls.length > 0) return [];
  try {
    return [...classesIn(Reflect.construct(cls, []))];
  } catch {
    return [];
  }
}

function problemsOf(cls: Class): string[] {
  if (cls.name === '') return ['a class without a name: its instances are stored under their class name.'];
  if (isConvertedByTransformer(cls) || !isAnyPrivate(cls)) return [];
  return [
    `${cls.name} has #private fields, which nobody can see or store: use \`private\`, or describe the class to class-transformer with @Expose().`,
  ];
}

function isAnyPrivate(cls: Class): boolean {
  for (
    let one: unknown = cls;
    typeof one === 'function' && one !== Function.prototype;
    one = Object.getPrototypeOf(one)
  ) {
    if (hasPrivateFields(one as Class)) return true;
  }
  return false;
}

function repeatedNames(found: ReadonlySet<Class>): string[] {
  const names = [...found].map((cls) => cls.name).filter((name) => name !== '');
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) < index));
  return [...repeated].map(
    (name) => `two classes are named ${name}: stored instances couldn't be told apart. Rename one.`,
  );
}

function catalogClass(cls: Class): CatalogClass {
  const { name, prototype } = cls as Class & { readonly prototype: object };
  if (!isConvertedByTransformer(cls)) return { name, prototype };
  const constructor = cls as unknown;
  return {
    name,
    prototype,
    toPlain: (instance) => instanceToPlain(instance),
    // Plain data that the codec has decoded and bounded, never raw input.
    fromPlain: (plain) => plainToInstance(constructor as new () => object, plain as object),
  };
}

import 'reflect-metadata';
import type { Class } from '../../core/access/index.js';
import type { AskedAttribute } from '../decorators/session-parameter.js';

/** A property of a controller or provider that leads to an attribute of the running unit's session. */
export interface SessionProperty {
  readonly key: string | symbol;
  readonly asked: AskedAttribute;
}

/** Kept on the class itself, so that a class belongs to no application and two of them never meet. */
const PROPERTIES = Symbol.for('nest-session-sync.properties');

export function noteProperty(cls: object, property: SessionProperty): void {
  Reflect.defineMetadata(PROPERTIES, [...noted(cls), property], cls);
}

/** Session properties of a class and of those it extends; where both declare one, the class's own. */
export function propertiesOf(cls: Class): readonly SessionProperty[] {
  return [...new Map(noted(cls).map((property) => [property.key, property])).values()];
}

function noted(cls: object): readonly SessionProperty[] {
  return (Reflect.getMetadata(PROPERTIES, cls) as readonly SessionProperty[] | undefined) ?? [];
}

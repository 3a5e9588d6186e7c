import { declarationsOf, type Class, type SessionShape } from '../../core/access/index.js';
import { problemsOfAskedAttribute } from '../handlers/check-asked-attribute.js';
import { propertiesOf } from './session-property.js';

/** What is wrong with the session properties of a controller or provider, whatever its scope. */
export function problemsOfProperties(cls: Class, sessionClass: Class, shape: SessionShape | undefined): string[] {
  const nameless = declarationsOf(cls).map(
    ({ name }) =>
      `${cls.name}.${String(name)}: @SessionAttr() without a name declares an attribute of a session class. On a controller or provider name the attribute, @SessionAttr('cart'), or inject ${sessionClass.name}.`,
  );
  const named = propertiesOf(cls).flatMap(({ key, asked }) =>
    [...asked.problems, ...problemsOfAskedAttribute(asked, shape)].map(
      (problem) => `${cls.name}.${String(key)}: ${problem}`,
    ),
  );
  return [...nameless, ...named];
}

/** A session class declares; it doesn't ask for attributes. */
export function problemsOfSessionClass(sessionClass: Class): string[] {
  return propertiesOf(sessionClass).map(
    ({ key, asked }) =>
      `${sessionClass.name}.${String(key)}: @SessionAttr('${asked.attribute}') with a name is for controllers and providers. In a session class the property's own name is the attribute's: write @SessionAttr().`,
  );
}

/** Why properties of a class that isn't a singleton are refused; one for each property. */
export function problemsOfScope(cls: Class, sessionClass: Class, isTransient: boolean): string[] {
  const reason = isTransient
    ? 'is transient'
    : 'is request-scoped, by its own scope or by what it injects or is guarded by';
  return propertiesOf(cls).map(
    ({ key, asked }) =>
      `${cls.name}.${String(key)}: @SessionAttr('${asked.attribute}') on a property works in singletons, and ${cls.name} ${reason}: inject SessionState, or ${sessionClass.name}, instead.`,
  );
}

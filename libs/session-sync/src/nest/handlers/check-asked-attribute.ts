import type { SessionShape } from '../../core/access/index.js';
import type { AskedAttribute } from '../decorators/session-parameter.js';

/** What is wrong with asking for an attribute; `shape` is undefined while the session class itself is wrong. */
export function problemsOfAskedAttribute(
  { attribute, isMutable, sessionClass }: AskedAttribute,
  shape: SessionShape | undefined,
  isReadOnly = false,
): string[] {
  if (shape === undefined) return [];
  const label = `@SessionAttr('${attribute}')`;
  if (sessionClass !== undefined && sessionClass !== shape.sessionClass) {
    return [`${label} of ${sessionClass.name}: session classes beside the module's own aren't built yet.`];
  }
  const declared = shape.attributes.get(attribute);
  if (declared === undefined) {
    const names = [...shape.attributes.keys()].join(', ');
    return [`${label}: ${shape.sessionClass.name} declares no such attribute; it has ${names}.`];
  }
  if (!isMutable) return [];
  if (isReadOnly) return [`${label} is asked for as mutable in a read-only session.`];
  if (declared.isMutable) return [];
  return [`${label} is asked for as mutable, but declared without { mutable: true }: it changes by assignment only.`];
}

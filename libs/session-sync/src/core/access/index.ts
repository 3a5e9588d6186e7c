export {
  ATTRIBUTE_OPTION_NAMES,
  type AttributeCompare,
  type AttributeMerge,
  type AttributeOptions,
} from './attribute-options.js';
export { declarationsOf, declareAttribute, type Class, type RawDeclaration } from './declare-attribute.js';
export type { AttributeName, DeepReadonly } from './deep-readonly.js';
export { hasPrivateFields } from './private-fields.js';
export { attributeOf, describeSession, type Attribute, type SessionShape } from './session-shape.js';
export { problemOfPolicy, type UndecodablePolicy } from './version-options.js';
export type { TrackPolicy } from './track-policy.js';

export {
  FIRST_VERSION,
  MAX_VERSION,
  type AttributeMigrations,
  type AttributeVersions,
  type MigrationStep,
} from './attribute-versions.js';
export type { DecodeOptions } from './decode-options.js';
export { decodeVersion, type VersionOptions } from './decode-version.js';
export { decode } from './decode.js';
export { decodePatch, encodePatch } from './patch-text.js';
export { encode, encodeCanonical } from './encode.js';
export { passThroughCatalog } from './pass-through-catalog.js';
export { utf8Length } from './utf8-length.js';

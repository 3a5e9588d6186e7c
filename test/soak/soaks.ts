import { BROKEN_LAWS } from './broken-laws.js';
import { lawSoak } from './law-soak.js';
import { LAWS } from '../properties/laws.js';
import type { Soak } from './soak.js';

/** Every soak there is, by the name it is run by. */
export const SOAKS: Readonly<Record<string, Soak>> = {
  properties: lawSoak(LAWS, 'laws of values, patches, messages and the decoder, each at its nightly count'),
  broken: lawSoak(BROKEN_LAWS, 'a law that is wrong on purpose: shows that a soak finds a violation and exits with 1'),
};

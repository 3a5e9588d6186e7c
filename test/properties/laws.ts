import type { Law } from './law.js';
import { p1Compare } from './p1-compare.js';
import { p2Codec } from './p2-codec.js';
import { p3ByteDelta } from './p3-byte-delta.js';
import { p4Fold } from './p4-fold.js';
import { p5Decoder } from './p5-decoder.js';
import { p6Tracking } from './p6-tracking.js';
import { p9Migrations } from './p9-migrations.js';
import { p10ClientStates } from './p10-client-states.js';

/** Every law there is: `npm test` and `npm run soak -- properties` try these. */
export const LAWS: readonly Law[] = [
  p1Compare,
  p2Codec,
  p3ByteDelta,
  p4Fold,
  p5Decoder,
  p6Tracking,
  p9Migrations,
  p10ClientStates,
];

export { applyByteDelta, type ByteDeltaOptions } from './apply-byte-delta.js';
export { makeByteDelta } from './make-byte-delta.js';

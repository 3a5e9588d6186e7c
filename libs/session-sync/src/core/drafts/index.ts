export { draftBehind } from './draft.js';
export { Drafts, type DraftOptions } from './drafts.js';

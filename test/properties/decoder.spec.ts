import { describe } from 'vitest';
import { itHolds } from './it-holds.js';
import { p5Decoder } from './p5-decoder.js';

describe('law', () => {
  itHolds(p5Decoder);
});

export type { EmbeddedNats, EmbeddedNatsOptions } from './embedded-options.js';
export { joinOrStartEmbeddedNats, startEmbeddedNats } from './start-embedded-nats.js';

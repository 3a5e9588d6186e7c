export { SessionClientNats } from './session-client-nats.js';
export { SESSION_HEADER } from './session-header.js';
export { SessionServerNats } from './session-server-nats.js';

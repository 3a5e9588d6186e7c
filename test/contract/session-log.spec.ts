import { setTimeout as delay } from 'node:timers/promises';
import { connectNatsStore, ManualClock, MemorySessionLog, NodeClock } from 'nest-session-sync/testing';
import { randomName, startNats } from '../support/nats-server.js';
import { sessionLogContract, type SessionLogUnderTest } from './session-log.contract.js';

sessionLogContract('memory', async () => {
  const clock = new ManualClock();
  return {
    log: new MemorySessionLog({ clock }),
    passKeepTime: (keepMs) => clock.advance(keepMs),
    passMarkerTime: () => clock.advance(60_000),
    close: () => Promise.resolve(),
  };
});

sessionLogContract('NATS, one replica, file storage', () => openNats(1));
sessionLogContract('NATS, three shards', () => openNats(3));

async function openNats(shards: number): Promise<SessionLogUnderTest> {
  const server = await startNats();
  const store = await connectNatsStore({
    name: randomName(),
    nats: { servers: server.url },
    store: { shards },
    clock: new NodeClock(),
  });
  return {
    log: store.log,
    // The server expires up to 0.35 s late; its marker stands for 2 s.
    passKeepTime: (keepMs) => delay(keepMs + 600),
    passMarkerTime: () => delay(2800),
    close: async () => {
      await store.close();
      await server.stop();
    },
  };
}

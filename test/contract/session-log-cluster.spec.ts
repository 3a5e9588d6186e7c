import { setTimeout as delay } from 'node:timers/promises';
import { openReplicatedStore, startCluster } from '../support/nats-cluster.js';
import { sessionLogContract, type SessionLogUnderTest } from './session-log.contract.js';

sessionLogContract('NATS, three replicas in a cluster', openCluster);

async function openCluster(): Promise<SessionLogUnderTest> {
  const cluster = await startCluster(3);
  const store = await openReplicatedStore(cluster.urls);
  return {
    log: store.log,
    passKeepTime: (keepMs) => delay(keepMs + 800),
    passMarkerTime: () => delay(3000),
    close: async () => {
      await store.close();
      await cluster.stop();
    },
  };
}

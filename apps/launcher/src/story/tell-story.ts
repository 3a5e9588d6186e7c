import { measureCommit, type CommitBytes } from './commit-bytes.js';
import { failOver, type Failover } from './failover.js';
import { goThroughOutage, type Outage } from './outage.js';
import { addInParallel, incrementInParallel, type WriteTally } from './parallel-writes.js';
import { askInTurn, VISIT, type Stage } from './stage.js';

/** What the demo found, in the form of its JSON line. */
export interface Story {
  readonly increments: WriteTally;
  readonly additions: WriteTally;
  readonly commitBytes: CommitBytes;
  readonly failover: Failover;
  readonly outage: Outage;
}

const WRITES = 1_000;

export async function tellStory(stage: Stage, tell: (line: string) => void): Promise<Story> {
  const first = await askInTurn(stage, 0, VISIT);
  if (first.status !== 200) throw new Error(`the first request got ${first.status}`);
  tell(`${WRITES} increments of one counter, on both gateways …`);
  const increments = await incrementInParallel(stage, WRITES);
  tell(`${WRITES} lines into one cart, on both gateways …`);
  const additions = await addInParallel(stage, WRITES);
  tell('one field of the session, now 100 KB, on the wire …');
  const commitBytes = await measureCommit(stage);
  tell('a gateway is killed at work …');
  const failover = await failOver(stage);
  tell('NATS is killed and comes back …');
  const outage = await goThroughOutage(stage);
  return { increments, additions, commitBytes, failover, outage };
}

import { connect } from '@nats-io/transport-node';
import { Kvm } from '@nats-io/kv';
import { storedLineIds } from '../stored/stored-shop.js';
import type { WirePublish } from '../wire/publish-reader.js';
import { putLine, storedSession, type Stage } from './stage.js';

/** Bytes on the wire, from the protocol line to the line end behind the payload. */
export interface CommitBytes {
  /** A commit that changes one field. */
  readonly diff: number;
  /** A save of the whole session. */
  readonly fullSave: number;
}

const FROM_QUANTITY = 2;
/** Now and then a commit is a new snapshot, on which the next ones build. */
const TRIES = 3;

/** Changes how many of one line are wanted, and counts what the first gateway sends to NATS for it. */
export async function measureCommit(stage: Stage): Promise<CommitBytes> {
  const [id = ''] = storedLineIds(await storedSession(stage)).slice(-500);
  for (let quantity = FROM_QUANTITY; quantity < FROM_QUANTITY + TRIES; quantity++) {
    const [commit] = await stage.proxy.during(async () => {
      await stage.visitor.ask(stage.shop.gatewayUrl(0), putLine(id, quantity));
    });
    if (commit === undefined) throw new Error('the change of one field was not committed');
    if (!commit.headers.includes('Nats-Rollup')) {
      return { diff: commit.bytes, fullSave: (await saveWhole(stage)).bytes };
    }
  }
  throw new Error(`${TRIES} commits in a row were snapshots`);
}

/** Puts the same session into a bucket as one JSON, as session stores do, through the same proxy. */
async function saveWhole(stage: Stage): Promise<WirePublish> {
  const whole = JSON.stringify(Object.fromEntries(await storedSession(stage)));
  const nats = await connect({ servers: stage.proxy.url });
  try {
    const bucket = await new Kvm(nats).create('whole-sessions');
    const [save] = await stage.proxy.during(() => bucket.put(stage.visitor.sessionId, whole));
    if (save === undefined) throw new Error('the whole session was not saved');
    return save;
  } finally {
    await nats.close();
  }
}

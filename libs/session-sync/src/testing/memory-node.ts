import { describeSession, type UndecodablePolicy } from '../core/access/index.js';
import type { SessionKey } from '../core/session/identity.js';
import {
  DEFAULT_SETTINGS,
  SessionEngine,
  SessionSchema,
  type EngineSettings,
  type UnitOfWork,
} from '../engine/index.js';
import { ManualClock, MemorySessionLog } from '../memory/index.js';
import type {
  Cipher,
  Clock,
  CommitReport,
  CommitWarning,
  Random,
  SessionLog,
  UndecodableReport,
} from '../ports/index.js';
import { NodeCrypto } from '../standalone/platform/node-crypto.js';
import { NodeRandom } from '../standalone/platform/node-random.js';
import { deriveClassCatalog } from '../transformer/index.js';

/** What nodes in memory may share and be made with; everything has a default. */
export interface MemoryNodeOptions {
  /** The log that several nodes share. @default a new one in memory */
  readonly log?: SessionLog;
  /** @default a clock that stands still */
  readonly clock?: Clock;
  readonly settings?: Partial<EngineSettings>;
  /** @default unpredictable; a seeded one repeats a run */
  readonly random?: Random;
  /** @default 'throw' */
  readonly onUndecodable?: UndecodablePolicy;
  /** Seals secret attributes. @default they are stored in the clear */
  readonly cipher?: Cipher;
}

/** One node with the real engine and no server: what it commits is in `commits`, what it can't read in `undecodable`. */
export class MemoryNode {
  readonly commits: CommitReport[] = [];
  readonly undecodable: UndecodableReport[] = [];
  readonly warnings: CommitWarning[] = [];
  readonly engine: SessionEngine;
  readonly log: SessionLog;

  constructor(sessionClass: new () => object, options: MemoryNodeOptions = {}) {
    const clock = options.clock ?? new ManualClock();
    this.log = options.log ?? new MemorySessionLog({ clock });
    const shape = describeSession(sessionClass);
    const observer = {
      isListening: true,
      committed: (report: CommitReport) => void this.commits.push(report),
      undecodable: (report: UndecodableReport) => void this.undecodable.push(report),
      warned: (warning: CommitWarning) => void this.warnings.push(warning),
    };
    this.engine = new SessionEngine(
      {
        log: this.log,
        clock,
        random: options.random ?? new NodeRandom(),
        crypto: new NodeCrypto(),
        observer,
        ...(options.cipher && { cipher: options.cipher }),
      },
      { ...DEFAULT_SETTINGS, ...options.settings },
      new SessionSchema(shape, deriveClassCatalog(shape), options.onUndecodable),
    );
  }

  /** Opens a unit on a session that exists, or an anonymous one. */
  open(key?: SessionKey): Promise<UnitOfWork> {
    return this.engine.open({ key, whenAbsent: 'newId' });
  }

  /** Runs one unit and commits it. */
  async unit(key: SessionKey | undefined, work: (unit: UnitOfWork) => void | Promise<void>): Promise<UnitOfWork> {
    const unit = await this.open(key);
    await work(unit);
    await unit.finish();
    return unit;
  }
}

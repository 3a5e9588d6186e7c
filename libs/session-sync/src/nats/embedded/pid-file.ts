import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import process from 'node:process';

/** A claim on a folder: who holds it, by the ids of the processes concerned. */
export interface PidFile {
  /** Names further processes as holders. */
  addPid(pid: number): Promise<void>;
  release(): Promise<void>;
}

export type PidClaim =
  | { readonly kind: 'claimed'; readonly file: PidFile }
  | { readonly kind: 'held'; readonly pids: readonly number[] };

/** Claims `path` for `pid`, also when those who claimed it before have all died. */
export async function claimPidFile(path: string, pid: number): Promise<PidClaim> {
  for (;;) {
    if (await create(path, String(pid))) return { kind: 'claimed', file: new ClaimedPidFile(path, [pid]) };
    const content = await readIfThere(path);
    if (content === undefined) continue;
    const alive = livingPids(content);
    if (alive.length > 0) return { kind: 'held', pids: alive };
    await removeStale(path, content);
  }
}

/** Whether a process of this id runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

class ClaimedPidFile implements PidFile {
  private isReleased = false;

  constructor(
    private readonly path: string,
    private pids: readonly number[],
  ) {}

  async addPid(pid: number): Promise<void> {
    this.pids = [...this.pids, pid];
    await writeFile(this.path, this.pids.join('\n'));
  }

  async release(): Promise<void> {
    if (this.isReleased) return;
    this.isReleased = true;
    await rm(this.path, { force: true });
  }
}

async function create(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function livingPids(content: string): readonly number[] {
  const pids = content.split('\n').map(Number);
  return pids.filter((pid) => Number.isInteger(pid) && pid > 0 && isAlive(pid));
}

/** Two may find the same claim stale: it is taken aside, and put back if it meanwhile became somebody's. */
async function removeStale(path: string, stale: string): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(path, aside);
    if ((await readIfThere(aside)) !== stale) await link(aside, path);
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { REPOSITORY } from './processes/repository.js';

/** What the shop keeps from one start to the next. */
export interface ShopData {
  readonly folder: string;
  readonly natsFolder: string;
  /** Signs session ids: a new one would make yesterday's cookies worthless. */
  readonly idSecret: string;
}

/** The folder of the shop's data: `.nats` in the repository, or the one named by DATA_DIR. Remove it to begin anew. */
export async function openData(folder = join(REPOSITORY, '.nats')): Promise<ShopData> {
  const natsFolder = resolve(folder, 'data');
  await mkdir(natsFolder, { recursive: true });
  return { folder: resolve(folder), natsFolder, idSecret: await secretIn(resolve(folder, 'id-secret')) };
}

async function secretIn(path: string): Promise<string> {
  try {
    await writeFile(path, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFile(path, 'utf8');
}

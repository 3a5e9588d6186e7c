import type { SessionKey } from '../core/session/identity.js';

/** Names of buckets, streams and subjects: the only place that puts them together. */

const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** Whether `name` may stand before buckets and subjects. */
export function isStoreName(name: string): boolean {
  return NAME.test(name);
}

export function sessionBucket(name: string, shard: number): string {
  return `${name}-${shard}`;
}

export function metaBucket(name: string): string {
  return `${name}-meta`;
}

/** The stream behind a KV bucket. */
export function streamOf(bucket: string): string {
  return `KV_${bucket}`;
}

/** The subject of a key in a KV bucket; `>` = all keys. */
export function keySubject(bucket: string, key: string): string {
  return `$KV.${bucket}.${key}`;
}

/** Where accepted messages of a bucket are published again; `>` = all keys. */
export function changedSubject(name: string, bucket: string, key: string): string {
  return `${name}.changed.${bucket}.${key}`;
}

export const ACCOUNT_INFO = '$JS.API.INFO';

export function streamApi(verb: 'CREATE' | 'INFO' | 'MSG.GET', stream: string): string {
  return `$JS.API.STREAM.${verb}.${stream}`;
}

/** Direct get; with a subject the newest message of it, without one a question in JSON. */
export function directGet(stream: string, subject?: string): string {
  return subject === undefined ? `$JS.API.DIRECT.GET.${stream}` : `$JS.API.DIRECT.GET.${stream}.${subject}`;
}

/** The shard of a session: FNV-1a of its key, part of the storage format. */
export function shardOf(key: SessionKey, shards: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % shards;
}

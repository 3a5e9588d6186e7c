import { describe, expect, it } from 'vitest';
import type { NatsStoreSettings } from './store-options.js';
import { metaStream, sessionStream, settingDifferences } from './stream-settings.js';

const SETTINGS: NatsStoreSettings = {
  name: 'shop',
  shards: 1,
  replicas: 1,
  storage: 'file',
  keepAllMs: 3_600_000,
  timeoutMs: 5000,
};

describe('settings of a stream', () => {
  const wanted = sessionStream(SETTINGS, 'shop-0', true);

  it('are alike when the server leaves out what is off, and adds what it knows besides', () => {
    const { max_age: _age, ...rest } = wanted;
    expect(settingDifferences(wanted, { ...rest, compression: 'none', metadata: { a: 'b' }, sealed: false })).toEqual(
      [],
    );
  });

  it.each<[object, string]>([
    [{ discard: 'old' }, 'discard is "old", must be "new"'],
    [{ allow_msg_ttl: undefined }, 'allow_msg_ttl is not set, must be true'],
    [{ max_age: 60_000_000_000 }, 'max_age is 60000 ms, must be 0 ms'],
    [{ num_replicas: 3 }, 'num_replicas is 3, must be 1'],
    [{ subjects: ['$KV.shop-0.>', 'other'] }, 'subjects is ["$KV.shop-0.>","other"], must be ["$KV.shop-0.>"]'],
    [
      { republish: { src: '$KV.shop-0.>', dest: 'elsewhere.>' } },
      'republish is {"src":"$KV.shop-0.>","dest":"elsewhere.>"}',
    ],
    [{ persist_mode: 'async' }, 'persist_mode is set, must not be'],
    [{ mirror: { name: 'other' } }, 'mirror is set, must not be'],
  ])('that differ are named: %j', (change, sentence) => {
    const differences = settingDifferences(wanted, { ...wanted, ...change });
    expect(differences).toHaveLength(1);
    expect(differences[0]).toContain(sentence);
  });

  it('leave to the operator what loses nothing', () => {
    expect(settingDifferences(wanted, { ...wanted, max_bytes: 1e9, max_msg_size: 1e6, duplicate_window: 1 })).toEqual(
      [],
    );
  });

  it('expire the whole bucket where single messages cannot', () => {
    expect(sessionStream(SETTINGS, 'shop-0', false)).toMatchObject({ max_age: 3_600_000_000_000 });
    expect(sessionStream(SETTINGS, 'shop-0', false)).not.toHaveProperty('allow_msg_ttl');
  });

  it('keep one configuration record, for ever', () => {
    expect(metaStream(SETTINGS)).toMatchObject({ name: 'KV_shop-meta', max_msgs_per_subject: 1, max_age: 0 });
  });
});

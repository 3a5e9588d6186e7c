import { describe, expect, it } from 'vitest';
import { ServerTooOldError } from '../core/errors/index.js';
import { isNewEnough, refuseOldServer } from './server-version.js';

describe('which servers are refused', () => {
  it.each([
    ['2.10.0', false],
    ['2.10.23', true],
    ['2.14.0', true],
    ['2.15.1-RC.2', true],
    ['3.0.0', true],
  ])('%s is taken', (version, isClustered) => {
    expect(() => refuseOldServer({ version, isClustered })).not.toThrow();
  });

  it.each([
    ['2.9.10', false, /the same conditional write twice \(270 acknowledged, 140 stored\)/],
    ['2.9.25', true, /before 2\.10/],
    ['1.4.1', false, /before 2\.10/],
    ['unknown', false, /before 2\.10/],
    ['2.10.22', true, /in a cluster, releases before 2\.10\.23/],
  ])('%s (cluster: %s) is refused with the reason', (version, isClustered, reason) => {
    expect(() => refuseOldServer({ version, isClustered })).toThrow(ServerTooOldError);
    expect(() => refuseOldServer({ version, isClustered })).toThrow(reason);
  });

  it('reads what nats-server --version prints', () => {
    expect([isNewEnough('nats-server: v2.14.0'), isNewEnough('nats-server: v2.9.10')]).toEqual([true, false]);
  });
});

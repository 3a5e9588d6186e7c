import { env } from 'node:process';
import { describe, expect, it } from 'vitest';
import { chaosRun } from './chaos-run.fixture.js';

/**
 * Whatever the store does, nobody is told anything wrong. More runs: CHAOS_RUNS=20000; one seed again:
 * CHAOS_SEED=17 npx vitest run --project unit libs/session-sync/src/engine/chaos
 */
const FIRST_SEED = Number(env['CHAOS_SEED'] ?? 1);
const RUNS = Number(env['CHAOS_RUNS'] ?? (env['CHAOS_SEED'] === undefined ? 300 : 1));

describe('three nodes in bad weather', () => {
  it(
    'lose nothing, double nothing, and tell the truth',
    async () => {
      const verdicts = new Map<string, number>();
      for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
        const world = await chaosRun(seed);
        expect(world.wrong, `seed ${seed}: CHAOS_SEED=${seed} shows it again`).toEqual([]);
        for (const verdict of world.verdicts.values()) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
      }
      if (RUNS < 100) return;
      for (const verdict of ['stored', 'unknown', 'refused']) expect(verdicts.get(verdict)).toBeGreaterThan(RUNS / 20);
    },
    60_000 + RUNS * 1_000,
  );
});

// Builds what changed, then runs a program of this folder in this very process: `node apps/launcher/run.mjs start`.
// One process instead of a shell's chain: who kills the command kills the program.
import { spawnSync } from 'node:child_process';
import process from 'node:process';

const [program = ''] = process.argv.slice(2);
const root = new URL('../../', import.meta.url);
const tsc = new URL('node_modules/typescript/bin/tsc', root);

const { status } = spawnSync(process.execPath, [tsc.pathname, '-b', 'tsconfig.build.json'], {
  cwd: root,
  stdio: ['ignore', 2, 2],
});
if (status !== 0) process.exit(status ?? 1);
await import(new URL(`dist/apps/launcher/apps/launcher/src/${program}.js`, root).href);

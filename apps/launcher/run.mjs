// Builds what changed, then runs a program of this folder in this very process: `node apps/launcher/run.mjs start`.
// One process instead of a shell's chain: who kills the command kills the program.
import process from 'node:process';
import { build } from './build.mjs';

const [program = ''] = process.argv.slice(2);
try {
  await build('tsconfig.build.json');
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
await import(new URL(`../../dist/apps/launcher/apps/launcher/src/${program}.js`, import.meta.url).href);

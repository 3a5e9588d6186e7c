// npm run perf -- SCENARIO [--quick] [--json]: builds what changed, then measures.
import process from 'node:process';
import { build } from '../apps/launcher/build.mjs';

try {
  await build('perf/tsconfig.json');
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
await import('../dist/perf/perf/main.js');

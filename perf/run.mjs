// npm run perf -- SCENARIO [--quick] [--json]: builds what changed, then measures.
import process from 'node:process';
import { build } from '../apps/launcher/build.mjs';

try {
  await build('perf/tsconfig.json');
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
// By URL: what is built isn't there for those who only read.
await import(new URL('../dist/perf/perf/main.js', import.meta.url).href);

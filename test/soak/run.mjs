// npm run soak -- NAME [--minutes N] [--seed S] [--json]: builds what changed, then tries for long.
import process from 'node:process';
import { build } from '../../apps/launcher/build.mjs';

try {
  await build('test/soak/tsconfig.json');
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
// By URL: what is built isn't there for those who only read.
await import(new URL('../../dist/soak/test/soak/main.js', import.meta.url).href);

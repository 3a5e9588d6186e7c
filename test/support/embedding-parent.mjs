// A process that starts an embedded server and says which: `node embedding-parent.mjs <testing door> <options> <how it ends>`.
import { runnerImport } from 'vite';

const [door, options, ending] = process.argv.slice(2);
const { module } = await runnerImport(door, { configFile: false, logLevel: 'silent' });
try {
  const { pid, url, dataDir } = await module.startEmbeddedNats(JSON.parse(options));
  process.stdout.write(`${JSON.stringify({ pid, url, dataDir })}\n`);
} catch (error) {
  process.stdout.write(`${JSON.stringify({ code: error.code, message: error.message })}\n`);
}
if (ending === 'exits') process.exit(0);
// `returns`: nothing is left to do, and the server must not keep the process alive.
if (ending === 'stays') setInterval(() => undefined, 1000);

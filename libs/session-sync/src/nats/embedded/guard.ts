/**
 * Source of the guard, a process between the application and nats-server: it starts the server, and ends it when the
 * pipe from the application closes, which also happens when the application is killed with SIGKILL. Arguments: path of
 * nats-server, its configuration file, and a folder to remove at the end or nothing. It says `pid <id>` on its output.
 */
export const GUARD_SOURCE = `
const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');
const [program, config, temporary] = process.argv.slice(1);
const server = spawn(program, ['-c', config], { stdio: 'ignore' });
let isEnding = false;
const finish = (code) => {
  if (temporary) rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  process.exit(code);
};
server.on('error', () => finish(127));
server.on('exit', (code) => finish(isEnding ? 0 : (code ?? 1)));
server.on('spawn', () => process.stdout.write('pid ' + server.pid + '\\n'));
const end = () => {
  if (isEnding) return;
  isEnding = true;
  server.kill('SIGTERM');
  setTimeout(() => server.kill('SIGKILL'), 3000).unref();
};
process.stdin.on('error', end).on('end', end).on('close', end).resume();
process.stdout.on('error', () => {});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
`;

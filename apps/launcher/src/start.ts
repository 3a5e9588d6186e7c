import process from 'node:process';
import { openData } from './data-folder.js';
import { choosePorts, PortTakenError } from './choose-ports.js';
import { joinOrStartNats } from './processes/nats.js';
import { Shop } from './processes/shop.js';
import { watchParent } from './processes/watch-parent.js';
import { welcome } from './welcome.js';

/** `npm start`: NATS, two gateways and the cart service, until it is told to end. */
async function start(): Promise<void> {
  const ports = await choosePorts(process.env['PORT']);
  const data = await openData(process.env['DATA_DIR']);
  const nats = await joinOrStartNats(process.env['NATS_URL'], data.natsFolder);
  const shop = new Shop({
    gateways: ports.map((port) => ({ port, natsUrl: nats.url })),
    natsUrl: nats.url,
    idSecret: data.idSecret,
    print: (name, line) => console.log(`[${name}] ${line}`),
  });
  let isEnding = false;
  const end = (why: string, exitCode = 0): void => {
    if (isEnding) return;
    isEnding = true;
    console.log(`\n${why}: closing the shop …`);
    void shop
      .stop()
      .then(() => nats.stop())
      .finally(() => process.exit(exitCode));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(signal));
  await watchParent(() => end('The process that started this one has gone'));
  await shop.start().catch(async (error: unknown) => {
    await nats.stop();
    throw error;
  });
  for (const app of shop.running) {
    void app.ended.then((how) => isEnding || console.log(`[${app.name}] has ended: ${how}. The others go on.`));
  }
  void nats.ended.then(() => end('NATS has ended', 1));
  console.log(welcome([shop.gatewayUrl(0), shop.gatewayUrl(1)], nats.url, data.folder));
}

start().catch((error: unknown) => {
  const isClear = error instanceof PortTakenError || (error instanceof Error && 'code' in error);
  console.error(isClear ? error.message : error);
  process.exit(1);
});

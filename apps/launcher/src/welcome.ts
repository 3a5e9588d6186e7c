import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import process from 'node:process';

/** What `npm start` prints when everything is ready. */
export function welcome([first, second]: readonly [string, string], natsUrl: string, dataFolder: string): string {
  const jar = join(tmpdir(), 'shop-cookies.txt');
  const curl = `curl -s -b ${jar} -c ${jar}`;
  return `
The shop is open. Its page, on either gateway:

  gateway-1  ${first}
  gateway-2  ${second}
  NATS       ${natsUrl}, data kept in ${relative(process.cwd(), dataFolder) || '.'}

Three lines to try: one session, on both gateways.

  ${curl} -X POST ${first}/api/cart/lines -H 'content-type: application/json' -d '{"sku":"teapot"}'
  ${curl} -X POST ${second}/api/cart/price
  ${curl} ${first}/api/commits

Ctrl-C ends all of it.`;
}

import { expect, it } from 'vitest';
import { connectClient } from './connect-client.js';

const OPTIONS = { servers: 'nats://127.0.0.1:1' };

it('says which package to install when the client is missing', async () => {
  const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
  await expect(connectClient(OPTIONS, () => Promise.reject(missing))).rejects.toMatchObject({
    code: 'INVALID_OPTIONS',
    message: "nats: the package @nats-io/transport-node isn't installed: npm install @nats-io/transport-node@3",
  });
});

it('passes on what else goes wrong in loading it', async () => {
  const broken = new SyntaxError('Unexpected token');
  await expect(connectClient(OPTIONS, () => Promise.reject(broken))).rejects.toBe(broken);
});

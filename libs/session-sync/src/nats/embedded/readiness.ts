import { readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { asRecord, parseRecord } from '../api-json.js';

/** The address a server wrote down when it began to listen, undefined before. */
export async function listeningAt(portsDir: string, pid: number): Promise<string | undefined> {
  try {
    const file = (await readdir(portsDir)).find((name) => name.endsWith(`_${pid}.ports`));
    if (file === undefined) return undefined;
    const urls = parseRecord(await readFile(join(portsDir, file), 'utf8'))?.['nats'];
    const url: unknown = Array.isArray(urls) ? urls[0] : undefined;
    return typeof url === 'string' ? url : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a server with JetStream answers there. */
export function greets(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: 1000 });
    let greeting = '';
    const end = (isReady: boolean): void => {
      socket.destroy();
      resolve(isReady);
    };
    socket.on('data', (chunk: Buffer) => {
      greeting += chunk.toString('utf8');
      if (greeting.includes('\r\n')) end(hasJetStream(greeting));
    });
    socket.on('timeout', () => end(false));
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
  });
}

function hasJetStream(greeting: string): boolean {
  const match = /^INFO (.*)\r\n/.exec(greeting);
  return asRecord(parseRecord(match?.[1] ?? ''))?.['jetstream'] === true;
}

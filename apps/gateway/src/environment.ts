import process from 'node:process';

/** A gateway that the page can talk to. */
export interface GatewayAddress {
  readonly name: string;
  readonly port: number;
}

/** What the process is told by its environment; README of the samples: `npm start` sets all of it. */
export interface Environment {
  readonly port: number;
  readonly nodeName: string;
  readonly natsUrl: string | undefined;
  /** Secrets that session ids are signed with, the newest first; without any they aren't signed. */
  readonly idSecrets: readonly [string, ...string[]] | undefined;
  readonly adapter: 'express' | 'fastify';
  /** All gateways of this shop, this one included. */
  readonly gateways: readonly GatewayAddress[];
}

export const environment = readEnvironment(process.env);

export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const port = Number(env['PORT'] ?? 3000);
  const [first, ...others] = listIn(env['ID_SECRETS']);
  const nodeName = env['NODE_NAME'] ?? 'gateway-1';
  return {
    port,
    nodeName,
    natsUrl: env['NATS_URL'],
    idSecrets: first === undefined ? undefined : [first, ...others],
    adapter: env['ADAPTER'] === 'fastify' ? 'fastify' : 'express',
    gateways: env['GATEWAYS'] === undefined ? [{ name: nodeName, port }] : listIn(env['GATEWAYS']).map(addressIn),
  };
}

function listIn(text = ''): readonly string[] {
  return text.split(',').filter((item) => item !== '');
}

/** Reads `gateway-1:3000`. */
function addressIn(text: string): GatewayAddress {
  const [name = '', port] = text.split(':');
  return { name, port: Number(port) };
}

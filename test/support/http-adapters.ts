import type { AddressInfo, Server } from 'node:net';
import type { Type } from '@nestjs/common';
import { NestFactory, type AbstractHttpAdapter } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';

/** The HTTP adapters that every HTTP test runs on. */
export const httpAdapters: readonly { readonly name: string; readonly create: () => AbstractHttpAdapter }[] = [
  { name: 'Express', create: () => new ExpressAdapter() },
  { name: 'Fastify', create: () => new FastifyAdapter() },
];

export interface RunningApp {
  readonly url: string;
  get<T>(token: Type<T>): T;
  close(): Promise<void>;
}

/** Starts an application on a free port. */
export async function listen(
  module: Parameters<typeof NestFactory.create>[0],
  adapter: AbstractHttpAdapter,
): Promise<RunningApp> {
  const app = await NestFactory.create(module, adapter, { logger: ['fatal'], abortOnError: false });
  await app.listen(0, '127.0.0.1');
  const server = app.getHttpServer() as Server;
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get: (token) => app.get(token, { strict: false }),
    close: () => app.close(),
  };
}

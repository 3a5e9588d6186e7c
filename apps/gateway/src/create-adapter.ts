import type { AbstractHttpAdapter } from '@nestjs/core';
import type { Environment } from './environment.js';

/** The application is the same on both; only the chosen one is loaded. */
export async function createAdapter(kind: Environment['adapter']): Promise<AbstractHttpAdapter> {
  if (kind === 'fastify') {
    const { FastifyAdapter } = await import('@nestjs/platform-fastify');
    return new FastifyAdapter();
  }
  const { ExpressAdapter } = await import('@nestjs/platform-express');
  return new ExpressAdapter();
}

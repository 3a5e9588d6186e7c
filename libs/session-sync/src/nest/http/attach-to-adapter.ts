import type { HttpAdapterHost } from '@nestjs/core';
import { InvalidOptionsError } from '../../core/errors/index.js';
import { attachToExpress } from './attach-express.js';
import { attachToFastify } from './attach-fastify.js';
import type { HttpEnvironment } from './http-unit.js';
import type { HttpUnits } from './http-units.js';

/** Gives every request of an application its unit. @throws InvalidOptionsError for an adapter that isn't known */
export function attachToAdapter(
  adapter: HttpAdapterHost['httpAdapter'],
  environment: HttpEnvironment,
  units: HttpUnits,
): void {
  switch (adapter.getType()) {
    case 'express':
      return attachToExpress({ use: (middleware) => void adapter.use(middleware) }, environment, units);
    case 'fastify':
      return attachToFastify(adapter.getInstance(), environment, units);
    default:
      throw new InvalidOptionsError('SessionSyncModule', [
        `sessions work on Express and Fastify; this application's HTTP adapter is "${adapter.getType()}".`,
      ]);
  }
}

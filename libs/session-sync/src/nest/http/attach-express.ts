import type { IncomingMessage, ServerResponse } from 'node:http';
import { runInSlot } from '../../unit-context/index.js';
import { HttpUnit, type HttpEnvironment } from './http-unit.js';
import type { HttpUnits } from './http-units.js';
import { rawHeaders } from './raw-headers.js';

interface ExpressAdapter {
  use(middleware: (request: IncomingMessage, response: ServerResponse, next: () => void) => void): void;
}

/**
 * Gives every request its unit, not opened yet. As the adapter's own middleware: after the body parsers, whose callbacks
 * would lose the async context, and before everything of the application's modules.
 */
export function attachToExpress(adapter: ExpressAdapter, environment: HttpEnvironment, units: HttpUnits): void {
  adapter.use((request, response, next) => {
    const unit = new HttpUnit(environment, request, response, rawHeaders(response));
    units.add(request, unit);
    runInSlot(unit, next);
  });
}

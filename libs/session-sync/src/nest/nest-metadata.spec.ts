import 'reflect-metadata';
import {
  Catch,
  Controller,
  Get,
  Inject,
  Injectable,
  Next,
  Res,
  Sse,
  UseFilters,
  UseInterceptors,
} from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { describe, expect, it } from 'vitest';
import * as keys from './nest-metadata.js';

@Catch(TypeError)
class Filter {
  catch(): void {}
}

@Injectable()
class Probe {
  @Inject('property') readonly property: unknown;

  constructor(
    readonly filter: Filter,
    @Inject('token') readonly token: unknown,
  ) {}
}

@Controller()
class Handlers {
  @Get('path')
  @UseInterceptors(Probe)
  @UseFilters(Filter)
  route(@Res({ passthrough: true }) _response: unknown, @Next() _next: unknown): void {}

  @Sse()
  events(): void {}

  @MessagePattern('pattern')
  message(): void {}
}

/** This is where a new Nest that keeps its metadata elsewhere shows up. */
describe('what decorators of the installed Nest leave behind', () => {
  const { route, events, message } = Handlers.prototype;
  const on = (key: string, target: object, property?: string): unknown =>
    property === undefined ? Reflect.getMetadata(key, target) : Reflect.getMetadata(key, target, property);

  it('is found on handlers', () => {
    expect(on(keys.ROUTE_PATH, route)).toBe('path');
    expect(on(keys.INTERCEPTORS, route)).toEqual([Probe]);
    expect(on(keys.EXCEPTION_FILTERS, route)).toEqual([Filter]);
    expect(on(keys.SSE, events)).toBe(true);
    expect(on(keys.MESSAGE_HANDLER_KIND, message)).toBeDefined();
  });

  it('is found on parameters', () => {
    const kinds = Object.keys(on(keys.ROUTE_ARGS, Handlers, 'route') as object).map((key) => Number.parseInt(key, 10));
    expect(kinds.sort((a, b) => a - b)).toEqual([keys.RESPONSE_PARAMETER, keys.NEXT_PARAMETER]);
    expect(on(keys.RESPONSE_PASSTHROUGH, Handlers, 'route')).toBe(true);
  });

  it('is found on injectables and filters', () => {
    expect(on(keys.CONSTRUCTOR_TYPES, Probe)).toEqual([Filter, Object]);
    expect(on(keys.CONSTRUCTOR_TOKENS, Probe)).toEqual([{ index: 1, param: 'token' }]);
    expect(on(keys.PROPERTY_TOKENS, Probe)).toEqual([{ key: 'property', type: 'property' }]);
    expect(on(keys.CATCH_TYPES, Filter)).toEqual([TypeError]);
  });
});

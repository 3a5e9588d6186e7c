import 'reflect-metadata';
import { Inject, Injectable, type ExceptionFilter } from '@nestjs/common';
import { APP_FILTER, ModulesContainer } from '@nestjs/core';
import type { SessionSyncError } from '../../core/errors/index.js';
import { CATCH_TYPES } from '../nest-metadata.js';

/**
 * The application's own global filters. Nest asks those of imported modules first, so that ours would swallow what they
 * were written for; this finds them again.
 */
@Injectable()
export class OtherFilters {
  private found: readonly ExceptionFilter[] | undefined;

  constructor(@Inject(ModulesContainer) private readonly modules: ModulesContainer) {}

  /** A filter other than `ours` that names the class of `error`, or one it extends; catch-all filters don't. */
  forError(error: SessionSyncError, ours: ExceptionFilter): ExceptionFilter | undefined {
    // Asked for at the first error: not all are instantiated when this is.
    this.found ??= [...this.globalFilters()].filter((filter) => filter.constructor !== ours.constructor);
    return this.found.findLast((filter) => catchTypesOf(filter).some((type) => error instanceof type));
  }

  private *globalFilters(): Iterable<ExceptionFilter> {
    for (const { providers } of this.modules.values()) {
      for (const [token, { instance }] of providers) {
        if (String(token).startsWith(`${APP_FILTER} `) && isFilter(instance)) yield instance;
      }
    }
  }
}

type ErrorClass = abstract new (...args: never[]) => unknown;

function catchTypesOf(filter: object): readonly ErrorClass[] {
  return (Reflect.getMetadata(CATCH_TYPES, filter.constructor) as readonly ErrorClass[] | undefined) ?? [];
}

function isFilter(instance: unknown): instance is ExceptionFilter {
  return typeof instance === 'object' && instance !== null && 'catch' in instance;
}

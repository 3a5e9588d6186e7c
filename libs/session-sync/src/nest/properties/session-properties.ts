import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { SessionSync } from '../session-sync.js';
import { bindProperties } from './bind-properties.js';

/**
 * Binds the session properties of an application. When everything is instantiated Nest calls the modules, those first
 * that others import: so before the hooks of those that may use a session, and before anything is listened to.
 */
@Injectable()
export class SessionProperties implements OnModuleInit {
  constructor(
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Inject(SessionSync) private readonly sync: SessionSync,
  ) {}

  /** @throws InvalidOptionsError */
  onModuleInit(): void {
    bindProperties(this.modules, this.sync.shape, this.sync);
  }
}

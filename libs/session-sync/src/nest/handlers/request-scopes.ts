import { Scope } from '@nestjs/common';
import { InjectionTree, type NestModule, type Wrapper } from './injection-tree.js';

/**
 * Which injectables are made for each request, by their own scope, by what is injected into them or by what stands
 * around their handlers. Nest itself knows when everything is instantiated; this is for telling it with everything else.
 */
export class RequestScopes {
  private readonly tree = new InjectionTree(({ wrapper }) => wrapper?.scope === Scope.REQUEST);

  includes(wrapper: Wrapper, host: NestModule): boolean {
    const around = (wrapper.getEnhancersMetadata() as readonly Wrapper[] | undefined) ?? [];
    return [wrapper, ...around].some((one) => this.tree.reaches(one, one.host ?? host));
  }
}

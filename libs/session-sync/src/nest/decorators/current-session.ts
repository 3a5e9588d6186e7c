import type { Class } from '../../core/access/index.js';
import { sessionParameter } from './resolve-parameter.js';
import { noteMisplaced } from './misplaced.js';
import { StateParameter } from './session-parameter.js';

/**
 * Hands the session of the running unit to a handler's parameter; such a handler opens the session.
 *
 * @example
 * \@Controller('visits')
 * class VisitsController {
 *   \@Post()
 *   count(\@CurrentSession() session: SessionState<ShopSession>) {
 *     session.update('visits', (visits) => visits + 1);
 *   }
 * }
 */
export function CurrentSession(): ParameterDecorator {
  return (target, key, index) => {
    if (key === undefined) {
      const { name } = target as Class;
      noteMisplaced(
        target,
        `${name}: @CurrentSession() on a parameter of the constructor: inject SessionState instead.`,
      );
    } else {
      sessionParameter(new StateParameter())(target, key, index);
    }
  };
}

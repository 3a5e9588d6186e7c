import { createParamDecorator, type ExecutionContext, type PipeTransform, type Type } from '@nestjs/common';
import { NoUnitError } from '../../core/errors/index.js';
import { currentSlot, SessionState } from '../../unit-context/index.js';
import { HandlerUnit } from '../handlers/handler-unit.js';
import { AskedAttribute, type SessionParameter } from './session-parameter.js';

const decorator = createParamDecorator(resolveParameter);

/** A parameter decorator that hands out what `parameter` asks for. */
export function sessionParameter(
  parameter: SessionParameter,
  ...pipes: (Type<PipeTransform> | PipeTransform)[]
): ParameterDecorator {
  return decorator(parameter, ...pipes);
}

const NO_MODULE =
  'no SessionSyncModule runs one for this handler; import SessionSyncModule.forRoot() in the root module of the application';

/** Opens the session, or joins its unit, and reads what the parameter asks for. */
function resolveParameter(parameter: SessionParameter, context: ExecutionContext): unknown {
  const slot = currentSlot();
  if (!(slot instanceof HandlerUnit)) throw new NoUnitError(labelOf(parameter), NO_MODULE);
  const take = (): unknown => valueOf(parameter, new SessionState(slot));
  return slot.state === 'closed' ? slot.open(context.getHandler()).then(take) : take();
}

function valueOf(parameter: SessionParameter, session: SessionState): unknown {
  if (!(parameter instanceof AskedAttribute)) return session;
  return parameter.isMutable ? session.mutate(parameter.attribute) : session.read(parameter.attribute);
}

function labelOf(parameter: SessionParameter): string {
  return parameter instanceof AskedAttribute ? `@SessionAttr('${parameter.attribute}')` : '@CurrentSession()';
}

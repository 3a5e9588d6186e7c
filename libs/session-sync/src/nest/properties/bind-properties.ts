import type { ModulesContainer } from '@nestjs/core';
import type { SessionShape } from '../../core/access/index.js';
import { InvalidOptionsError } from '../../core/errors/index.js';
import { currentSlot, requireUnit } from '../../unit-context/index.js';
import type { NestModule, Wrapper } from '../handlers/injection-tree.js';
import { problemsOfProperties, problemsOfScope } from './check-properties.js';
import { classOf, classOfInstance } from './classes-of-wrappers.js';
import { propertiesOf, type SessionProperty } from './session-property.js';

interface Binding {
  readonly instance: object;
  readonly className: string;
  readonly property: SessionProperty;
}

/**
 * Makes the session properties of all singletons of an application lead to the running unit. On the instances, not on
 * prototypes: a class field hides what its prototype has, and a prototype belongs to every application in the process.
 * Therefore after everything is instantiated, and what only instances show is told here: all of it or none is bound.
 * @throws InvalidOptionsError
 */
export function bindProperties(modules: ModulesContainer, shape: SessionShape, owner: object): void {
  const bindings: Binding[] = [];
  const problems = new Set<string>();
  for (const wrapper of [...modules.values()].flatMap(wrappersOf)) {
    const { found, wrong } = bindingsOf(wrapper, shape);
    bindings.push(...found);
    for (const problem of [...wrong, ...found.flatMap(problemsOfBinding)]) problems.add(problem);
  }
  if (problems.size > 0) throw new InvalidOptionsError('SessionSyncModule', [...problems]);
  for (const binding of bindings) bind(binding, owner);
}

function wrappersOf({ controllers, providers, injectables, middlewares }: NestModule): Wrapper[] {
  return [...controllers.values(), ...providers.values(), ...injectables.values(), ...middlewares.values()];
}

function bindingsOf(wrapper: Wrapper, shape: SessionShape): { found: Binding[]; wrong: string[] } {
  const { sessionClass } = shape;
  const isSingleton = !wrapper.isTransient && wrapper.isDependencyTreeStatic();
  const instance: unknown = isSingleton ? wrapper.instance : undefined;
  const cls = isSingleton ? classOfInstance(instance) : classOf(wrapper);
  if (cls === undefined || cls === sessionClass) return { found: [], wrong: [] };
  const properties = propertiesOf(cls);
  if (properties.length === 0) return { found: [], wrong: [] };
  if (!isSingleton) return { found: [], wrong: problemsOfScope(cls, sessionClass, wrapper.isTransient) };
  const found = properties.map((property) => ({ instance: instance as object, className: cls.name, property }));
  return { found, wrong: problemsOfProperties(cls, sessionClass, shape) };
}

/** An accessor is one of ours, of an application that had the same value before. */
function problemsOfBinding({ instance, className, property }: Binding): string[] {
  const { key, asked } = property;
  const label = `${className}.${String(key)}: @SessionAttr('${asked.attribute}')`;
  const own = Object.getOwnPropertyDescriptor(instance, key);
  if (own?.value !== undefined) {
    return [
      `${label} leads to the session, so nothing else may be in it: leave out its initialiser, and don't assign it in the constructor. A default stands in the session class.`,
    ];
  }
  if (own?.configurable ?? Object.isExtensible(instance)) return [];
  return [`${label} can't be put on a frozen object: provide an object that isn't, or inject the session class.`];
}

function bind({ instance, className, property }: Binding, owner: object): void {
  const { key, asked } = property;
  const label = `${className}.${String(key)}`;
  Object.defineProperty(instance, key, {
    // Frameworks look their objects over: that must not touch a session.
    enumerable: false,
    configurable: true,
    get(): unknown {
      const unit = requireUnit(currentSlot(owner), label);
      return asked.isMutable && !unit.isReadOnly ? unit.mutate(asked.attribute) : unit.read(asked.attribute);
    },
    set(value: unknown) {
      requireUnit(currentSlot(owner), label).set(asked.attribute, value);
    },
  });
}

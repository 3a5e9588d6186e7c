import 'reflect-metadata';
import { declareAttribute, type AttributeOptions } from '../core/access/index.js';

/**
 * Declares a property of a session class as a session attribute, where Nest isn't installed. It is the property form of
 * the `SessionAttr` that the main door exports; a class may be declared by either.
 */
export function SessionAttr<T = unknown>(options: AttributeOptions<T> = {}): PropertyDecorator {
  return (prototype, name) => {
    declareAttribute(prototype, name, { ...options }, Reflect.getMetadata('design:type', prototype, name));
  };
}

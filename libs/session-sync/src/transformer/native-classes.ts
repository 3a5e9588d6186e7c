import type { Class } from '../core/access/index.js';

/** Classes of the language and the runtime: the codec knows them by itself, or refuses their instances by path. */
export function isNativeClass(cls: Class): boolean {
  return /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(cls)) || isGlobal(cls);
}

/** URL, Headers and their like are written in JavaScript inside Node. */
function isGlobal(cls: Class): boolean {
  return (
    Object.getOwnPropertyDescriptor(globalThis, cls.name) !== undefined && Reflect.get(globalThis, cls.name) === cls
  );
}

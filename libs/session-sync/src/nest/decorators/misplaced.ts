import 'reflect-metadata';

/** A session decorator where it means nothing, found when the application starts and told with everything else. */
const MISPLACED = Symbol.for('nest-session-sync.misplaced');

export function noteMisplaced(decorated: object, problem: string): void {
  Reflect.defineMetadata(MISPLACED, [...misplacedOn(decorated), problem], decorated);
}

export function misplacedOn(decorated: object): readonly string[] {
  return (Reflect.getMetadata(MISPLACED, decorated) as readonly string[] | undefined) ?? [];
}

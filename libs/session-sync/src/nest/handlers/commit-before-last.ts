import { Observable, type Subscription } from 'rxjs';

/** What ends with the Observable. */
interface Ending {
  settle(): Promise<void>;
  abandon(): void;
}

/**
 * The same values, the last one held back until the unit has committed: a caller that takes a value for the answer
 * never takes one that isn't stored. An error, or nobody listening any more, abandons the unit.
 */
export function commitBeforeLast<T>(source: Observable<T>, unit: Ending): Observable<T> {
  return new Observable<T>((subscriber) => {
    let held: { readonly value: T } | undefined;
    let isComplete = false;
    const inner: Subscription = source.subscribe({
      next: (value) => {
        if (held !== undefined) subscriber.next(held.value);
        held = { value };
      },
      error: (error: unknown) => {
        unit.abandon();
        subscriber.error(error);
      },
      complete: () => {
        isComplete = true;
        unit.settle().then(
          () => {
            if (held !== undefined) subscriber.next(held.value);
            subscriber.complete();
          },
          (error: unknown) => subscriber.error(error),
        );
      },
    });
    return () => {
      inner.unsubscribe();
      if (!isComplete) unit.abandon();
    };
  });
}

import process from 'node:process';

const CLOSE_WITHIN_MS = 4_000;

/** Ends this process in an orderly way when the one that started it has gone, in whatever way. */
export function endWithParent(app: { close(): Promise<void> }): void {
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), CLOSE_WITHIN_MS).unref();
    void app.close().finally(() => process.exit());
  });
}

/** Says something to the process that started this one, if it listens. */
export function tellParent(message: object): void {
  process.send?.(message);
}

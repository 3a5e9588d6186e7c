/** One thing after another: each begins when those asked for before it are over, whatever came out. */
export class InTurn {
  private last: Promise<void> | undefined;

  /** Runs `work` when it is its turn: at once when nothing is under way. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const running = this.last === undefined ? work() : this.last.then(work);
    const over = (): void => {
      if (this.last === mine) this.last = undefined;
    };
    const mine = running.then(over, over);
    this.last = mine;
    return running;
  }
}

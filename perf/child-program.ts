import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface ChildOptions {
  readonly args: readonly string[];
  readonly execArgv?: readonly string[];
  /** Longest wait for an answer; then the process is killed. */
  readonly limitMs: number;
}

/** What came of a question to a child: its answer, or how it ended without one. */
export type Reply<T> = { readonly answer: T } | { readonly end: 'timeLimit' | 'memoryLimit' | 'crash' };

/** A program in a process of its own, which answers questions one at a time, and is started again when one kills it. */
export class ChildProgram {
  private child: ChildProcess | undefined;

  constructor(
    private readonly program: URL,
    private readonly options: ChildOptions,
  ) {}

  async ask<T>(question: string | number | object): Promise<Reply<T>> {
    const child = (this.child ??= this.start());
    const answered = new AbortController();
    const { signal } = answered;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, this.options.limitMs);
    try {
      const answer = once(child, 'message', { signal }).then(([message]) => ({ answer: message as T }));
      const exit = once(child, 'exit', { signal }).then((): Reply<T> => ({ end: isLate ? 'timeLimit' : endOf(child) }));
      // Whichever loses is aborted below.
      for (const outcome of [answer, exit]) outcome.catch(() => undefined);
      child.send(question);
      const reply = await Promise.race([answer, exit]);
      if ('end' in reply) this.child = undefined;
      return reply;
    } finally {
      clearTimeout(timer);
      answered.abort();
    }
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    this.child = undefined;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  private start(): ChildProcess {
    const { args, execArgv = [] } = this.options;
    return fork(this.program, args, { execArgv: [...execArgv], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  }
}

/** V8 aborts when it is out of memory. */
function endOf({ signalCode, exitCode }: ChildProcess): 'memoryLimit' | 'crash' {
  return signalCode === 'SIGABRT' || exitCode === 134 ? 'memoryLimit' : 'crash';
}

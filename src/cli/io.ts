/** Where a command writes and how it hears that it should stop; tests hand in their own. */

export interface Io {
  /** A result, to standard output. */
  out(text: string): void;
  /** Everything else, to standard error. */
  err(text: string): void;
  /** Whether standard error is a terminal: progress bars are drawn only there. */
  isTerminal: boolean;
  /** Width of the terminal in characters. */
  columns(): number;
  /** Aborts at SIGINT or SIGTERM; a second signal ends the process. */
  signal(): AbortSignal;
  interrupted(): boolean;
}

let stopping: AbortController | undefined;

function listenForSignals(): AbortController {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Error('interrupted'));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller;
}

/** A reader that has seen enough (`| head`) closes the pipe: what was to be done is done all the same. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

export const standardIo: Io = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  columns: () => process.stderr.columns ?? 80,
  signal: () => (stopping ??= listenForSignals()).signal,
  interrupted: () => stopping?.signal.aborted ?? false,
};

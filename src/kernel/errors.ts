export interface AppErrorOptions {
  /** What happened, in one line, with the value that caused it. */
  message: string;
  /** What the reader can do about it, in one sentence. */
  help: string;
  cause?: unknown;
}

/** An error that we expect and explain. Anything else that is thrown is a defect. */
export abstract class AppError extends Error {
  /** Stable: callers and dead letters may depend on it. */
  abstract readonly code: string;
  readonly help: string;

  constructor({ message, help, cause }: AppErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.help = help;
  }
}

/** `what` that is given from outside (arguments, files, history lines) and cannot be used. */
export class InputError extends AppError {
  readonly code = 'bad_input';
}

/** The message of anything thrown, in one line. Never throws, though anything can be thrown. */
export function messageOf(thrown: unknown): string {
  return textOf(thrown)
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .trim();
}

function textOf(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown);
  } catch {
    return 'something without a text was thrown';
  }
}

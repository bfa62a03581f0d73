const ORDER = ['silent', 'error', 'warn', 'info', 'debug'] as const;
type Level = (typeof ORDER)[number];

/** Lines for the operator, one JSON object each on stderr; never a body, a password or a token. */
export class Log {
  readonly #level: number;

  constructor(level: Level) {
    this.#level = ORDER.indexOf(level);
  }

  error(message: string, error?: unknown): void {
    this.#write('error', message, error);
  }

  warn(message: string, error?: unknown): void {
    this.#write('warn', message, error);
  }

  info(message: string): void {
    this.#write('info', message);
  }

  #write(level: Level, message: string, error?: unknown): void {
    if (ORDER.indexOf(level) > this.#level) return;
    const line = {
      at: new Date().toISOString(),
      level,
      message,
      ...(error === undefined ? {} : { error: chain(error) }),
    };
    process.stderr.write(`${JSON.stringify(line)}\n`);
  }
}

/** The error with its causes; the stack of the innermost, where the trouble began. */
function chain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error.cause === undefined ? (error.stack ?? '') : chain(error.cause);
  return error.cause === undefined ? inner : `${error.message} ← ${inner}`;
}

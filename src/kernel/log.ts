export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** What a room may say about itself. Ids and reason codes only: no address, no phone number, no message body. */
export interface Logger {
  debug(fields: LogFields, text: string): void;
  info(fields: LogFields, text: string): void;
  warn(fields: LogFields, text: string): void;
  error(fields: LogFields, text: string): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

const ignore = (): void => {};

/** Says nothing. The default everywhere. */
export const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** One JSON object a line, on stderr, made by pino; loaded only when asked for. */
export async function createLogger(level: LogLevel): Promise<Logger> {
  const { pino } = await import('pino');
  const stderr = pino.destination({ dest: 2, sync: true });
  const logger: Logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stderr);
  return logger;
}

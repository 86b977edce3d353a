import pino, { type DestinationStream, type Logger } from 'pino';

/**
 * What a log line may hold, by name. Everything else is dropped, whoever passes it: no body, no text an officer wrote, no
 * header, no token, no address with a query can get into a log.
 */
export const loggedFields = [
  'relation',
  'route',
  'method',
  'status',
  'milliseconds',
  'code',
  'where',
  'size',
  'from',
  'to',
  'count',
  'bytes',
  'attempt',
  'act',
  'dossier',
  'webhook',
  'event',
  'officer',
  'token',
  'trace',
  'span',
  'port',
  'process',
  'name',
  'stack',
] as const;
export type LoggedField = (typeof loggedFields)[number];
export type LogFields = Readonly<Partial<Record<LoggedField, string | number | boolean | undefined>>>;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Structured lines for machines. The message is a fixed text of the program's, never built from what came from outside. */
export interface Log {
  write(level: LogLevel, message: string, fields?: LogFields): void;
  /** A defect: its class and its place in the program. Its message may hold what a user sent, so it stays out. */
  defect(message: string, error: unknown, fields?: LogFields): void;
}

const longest = 300;

/** One JSON object a line to standard output, or where told. */
export function openLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const logger: Logger = destination === undefined ? pino(options) : pino(options, destination);
  return Object.freeze({
    write: (level: LogLevel, message: string, fields: LogFields = {}) => logger[level](allowed(fields), message),
    defect: (message: string, error: unknown, fields: LogFields = {}) =>
      logger.error(allowed({ ...fields, ...placeOf(error) }), message),
  });
}

function allowed(fields: Readonly<Record<string, unknown>>): LogFields {
  const kept: Record<string, string | number | boolean> = {};
  for (const field of loggedFields) {
    const value = fields[field];
    if (typeof value === 'number' || typeof value === 'boolean') kept[field] = value;
    if (typeof value === 'string') kept[field] = field === 'stack' ? value : value.slice(0, longest);
  }
  return kept;
}

function placeOf(error: unknown): LogFields {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { name: error.name, ...(code === undefined ? {} : { code }), stack: frames.slice(0, 12).join('\n') };
}

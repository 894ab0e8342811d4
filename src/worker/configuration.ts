import { z } from 'zod';
import { isServer, shownPlace } from '../datastore/index.ts';
import { AppError, InputError, quote } from '../kernel/index.ts';
import { type ArchitectureName, architectureNames, realProviders } from '../shop/index.ts';
import { captureNames } from './channels.ts';

/** What a process of a deployment takes upon itself. */
const roles = ['all', 'api', 'consumer'] as const;

const wholeNumber = ({ least, most, otherwise }: { least: number; most: number; otherwise: number }) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `is no whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((number) => number >= least && number <= most, `is no whole number from ${least} to ${most}`)
    .default(otherwise);

const oneOf = <Name extends string>(names: readonly [Name, ...Name[]], otherwise: Name) =>
  z.enum(names, `is none of ${names.join(', ')}`).default(otherwise);

/** By the names of the variables; each says what is left out of it. */
const variables = z.object({
  /** `postgres://user@host:5432/database`, or for one process alone a file. */
  DATASTORE: z.string('is not set: say where the shop is, as in postgres://user@host:5432/database'),
  /** `all`, `api` (takes commands, and leaves what follows to others) or `consumer` (takes none). Default `all`. */
  WORKER_ROLE: oneOf(roles, 'all'),
  /** Default `event-sourced`; the same for all processes on a datastore. */
  ARCHITECTURE: oneOf(architectureNames as unknown as [ArchitectureName], 'event-sourced'),
  /** The address to listen on. Default 127.0.0.1. */
  HTTP_HOST: z.string().default('127.0.0.1'),
  /** 0: any that is free. Default 4400. */
  HTTP_PORT: wholeNumber({ least: 0, most: 65_535, otherwise: 4400 }),
  /** Demanded of every request but /healthz and /readyz. Default: none, and only this machine can ask. */
  HTTP_TOKEN: z
    .string()
    .min(
      16,
      'is too short: give 16 characters or more that nobody can guess, as `openssl rand -hex 16` prints them',
    )
    .optional(),
  /** Of each client, by its address. Default 6,000. */
  REQUESTS_PER_MINUTE: wholeNumber({ least: 1, most: 100_000_000, otherwise: 6000 }),
  /** Commands are refused while more messages and deliveries wait. Default 10,000. */
  MAX_BACKLOG: wholeNumber({ least: 1, most: 100_000_000, otherwise: 10_000 }),
  /** How long a worker that says nothing keeps what it has in hand. Default 30. */
  LEASE_SECONDS: wholeNumber({ least: 1, most: 3600, otherwise: 30 }),
  /** How long what is in hand at a stop may take. Default 15. */
  DRAIN_SECONDS: wholeNumber({ least: 1, most: 3600, otherwise: 15 }),
  /** Of the log on stderr, JSON lines. Default `info`. */
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error'], 'info'),
  /** Channels that keep in memory what they are given, and send nothing: to try it out. Default: none. */
  CAPTURE: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((name) => name !== ''))
    .pipe(z.array(z.enum(captureNames, `names something that is none of ${captureNames.join(', ')}`)))
    .default([]),
  SMTP_URL: z.string().optional(),
  WEBHOOK_SECRET: z.string().optional(),
  ADMIN_EMAIL: z.string().optional(),
  UNSUBSCRIBE_SECRET: z.string().optional(),
});

type Environment = Readonly<Record<string, string | undefined>>;

/** Of one process. */
export type Configuration = z.output<typeof variables>;

/**
 * Reads all of it, and says all that is wrong with it at once. A variable that is empty is one that is not set.
 * @throws {InputError} a line for each that cannot be used, with no secret in it.
 */
export function readConfiguration(env: Environment): Configuration {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { success, data, error } = variables.safeParse(set);
  const wrong = success ? [] : error.issues.map(({ path, message }) => `${String(path[0])} ${message}`);
  wrong.push(...wrongTogether(set), ...providersWrong(set));
  if (wrong.length > 0) throw new BadConfigurationError([...new Set(wrong)]);
  return data as Configuration;
}

/** One line for each; which they are is known to whoever looks at the process. */
class BadConfigurationError extends InputError {
  constructor(wrong: readonly string[]) {
    super({ message: wrong.join('\nworker: '), help: '`npm run worker -- --help` says what each is for.' });
  }
}

/** What fits each by itself and not the others. */
function wrongTogether(set: Environment): string[] {
  const { DATASTORE, WORKER_ROLE = 'all', HTTP_HOST = '127.0.0.1', HTTP_TOKEN } = set;
  const wrong: string[] = [];
  if (WORKER_ROLE !== 'all' && DATASTORE !== undefined && !isServer(DATASTORE))
    wrong.push(
      `WORKER_ROLE ${WORKER_ROLE} needs a database: ${quote(shownPlace(DATASTORE))} is a file, and a file is for one process`,
    );
  if (set.CAPTURE === undefined && set.SMTP_URL === undefined && set.WEBHOOK_SECRET === undefined)
    wrong.push('no channel is set up: set SMTP_URL, WEBHOOK_SECRET or CAPTURE, the same for all processes');
  if (HTTP_TOKEN === undefined && !['127.0.0.1', '::1', 'localhost'].includes(HTTP_HOST))
    wrong.push(`HTTP_TOKEN is not set, and HTTP_HOST ${quote(HTTP_HOST)} can be reached from other machines`);
  return wrong;
}

/** Each by itself, so that one does not hide another. */
function providersWrong({ SMTP_URL, WEBHOOK_SECRET, ADMIN_EMAIL }: Environment): string[] {
  return [{ SMTP_URL }, { WEBHOOK_SECRET }, { ADMIN_EMAIL }].flatMap((settings) => {
    try {
      void realProviders(settings).close();
      return [];
    } catch (thrown) {
      if (thrown instanceof AppError) return [`${thrown.message}. ${thrown.help}`.replace(/\.$/, '')];
      throw thrown;
    }
  });
}

const secrets: readonly string[] = ['HTTP_TOKEN', 'SMTP_URL', 'WEBHOOK_SECRET', 'UNSUBSCRIBE_SECRET'];

/** As it is shown: a line a variable, with no secret in it. */
export function shownConfiguration(configuration: Configuration): string {
  const lines = Object.keys(variables.shape).map((name) => {
    const value = configuration[name as keyof Configuration];
    if (value === undefined) return `${name} is not set`;
    if (secrets.includes(name)) return `${name} is set`;
    return `${name}=${name === 'DATASTORE' ? shownPlace(String(value)) : String(value)}`;
  });
  return `${lines.join('\n')}\n`;
}

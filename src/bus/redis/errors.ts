import { AppError, messageOf } from '../../kernel/index.ts';

/**
 * The broker did not answer, or could not write. What was asked for may have been done all the same: the same can be published
 * again, since a message that has been handled is not handled again.
 */
export class BrokerUnavailableError extends AppError {
  readonly code = 'broker_unavailable';

  constructor(shown: string, cause: unknown) {
    super({
      message: `the broker ${shown} is not available: ${messageOf(cause)}`,
      help: helpFor(messageOf(cause)),
      cause,
    });
  }
}

/** With what a server's answer begins that can do nothing for now, and what mends it. */
const unable: Readonly<Record<string, string>> = {
  OOM: 'It is full: give it more memory (maxmemory), or let subscribers that nobody needs go (XGROUP DESTROY).',
  READONLY: 'It is a replica now: name the server that is written to.',
  MISCONF: 'It cannot write its snapshot: look for a full disk, and at what its log says.',
  NOREPLICAS: 'Too few replicas answer it: look after those.',
  LOADING: 'It reads what it has kept: wait.',
  BUSY: 'A script holds it up: see what runs there.',
  MASTERDOWN: 'It has lost the server that it copies: look after that one.',
  NOAUTH: 'It wants a password: check the user and the password.',
  WRONGPASS: 'Check the user and the password.',
  NOPERM: 'Grant the user the commands on streams, sorted sets and hashes, and scripts.',
};

export const helpFor = (message: string): string =>
  Object.entries(unable).find(([prefix]) => message.startsWith(prefix))?.[1] ??
  'Check that it runs and can be reached; what was in hand goes on when it is back.';

/** Whether a server answers so for now alone. */
export const isForNow = (thrown: unknown): boolean =>
  Object.keys(unable).some((prefix) => messageOf(thrown).startsWith(prefix));

/** Its streams were thrown away, or it has come back without them. */
export const isGroupGone = (thrown: unknown): boolean => messageOf(thrown).startsWith('NOGROUP');

import type { Faults } from '../../delivery/index.ts';
import { InputError } from '../../kernel/index.ts';

/** What can be made to go wrong at a provider by a word, and how it is told. */
const kinds = {
  down: {
    words: 'goes down',
    faults: { outages: [{ fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }] },
  },
  slow: { words: 'takes 20 s for each answer', faults: { latencyMs: 20_000 } },
  busy: {
    words: 'refuses every other message, and asks to wait half a minute',
    faults: { failureRate: 0.5, retryAfterMs: 30_000 },
  },
  blocked: { words: 'blocks everybody', faults: { blockedRecipients: 'everybody' } },
} as const satisfies Record<string, { words: string; faults: Faults }>;

const faultyChannels = ['email', 'sms', 'push', 'webhook'] as const;

/** A fault of one channel's provider. */
export interface NamedFault {
  /** `sms-down` */
  readonly name: string;
  readonly channel: string;
  /** Completes "The sms provider …". */
  readonly words: string;
  readonly faults: Faults;
}

/** Every one that there is: channel, a hyphen, and what goes wrong there. */
export const faultNames: readonly string[] = faultyChannels.flatMap((channel) =>
  Object.keys(kinds).map((kind) => `${channel}-${kind}`),
);

/**
 * @param name `sms-down`, or any other channel and kind.
 * @throws {InputError} when there is none of that name.
 */
export function namedFault(name: string): NamedFault {
  if (!faultNames.includes(name)) {
    const help = `Give a channel (${faultyChannels.join(', ')}), a hyphen, and ${Object.keys(kinds).join(', ')}: sms-down.`;
    throw new InputError({ message: `there is no fault ${JSON.stringify(name)}`, help });
  }
  const [channel = '', kind = ''] = name.split('-');
  return { name, channel, ...kinds[kind as keyof typeof kinds] };
}

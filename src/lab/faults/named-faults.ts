import { type Faults, faultKinds } from '../../delivery/index.ts';
import { InputError } from '../../kernel/index.ts';

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
  Object.keys(faultKinds).map((kind) => `${channel}-${kind}`),
);

/**
 * @param name `sms-down`, or any other channel and kind.
 * @throws {InputError} when there is none of that name.
 */
export function namedFault(name: string): NamedFault {
  if (!faultNames.includes(name)) {
    const help = `Give a channel (${faultyChannels.join(', ')}), a hyphen, and ${Object.keys(faultKinds).join(', ')}: sms-down.`;
    throw new InputError({ message: `there is no fault ${JSON.stringify(name)}`, help });
  }
  const [channel = '', kind = ''] = name.split('-');
  return { name, channel, ...faultKinds[kind as keyof typeof faultKinds] };
}

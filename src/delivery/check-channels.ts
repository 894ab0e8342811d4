import { AppError } from '../kernel/index.ts';
import type { Templates } from '../notifications/index.ts';
import type { Channel } from './channel.ts';

/** Two channels would share addresses, preferences, faults and places in the ledger. */
class DuplicateChannelError extends AppError {
  readonly code = 'duplicate_channel';

  constructor(name: string) {
    super({
      message: `two channels are called "${name}"`,
      help: "Give one of them another name: customers' addresses and preferences go by it.",
    });
  }
}

/** Every message on this channel would fail, since nobody has written a text for it. */
class UnknownTemplatesError extends AppError {
  readonly code = 'unknown_templates';

  constructor({ name, templates }: Channel, known: ReadonlySet<string>) {
    super({
      message: `the channel "${name}" wants the templates "${templates}", and there are none`,
      help: `Use ${[...known].join(', ')}, or add a file ${templates}.en.liquid for each notification.`,
    });
  }
}

/** @throws {DuplicateChannelError} two have one name. */
export function refuseDoubles(channels: readonly Channel[]): void {
  const names = new Set<string>();
  for (const { name } of channels) {
    if (names.has(name)) throw new DuplicateChannelError(name);
    names.add(name);
  }
}

/** @throws {UnknownTemplatesError} one wants templates that are written for no notification. */
export function refuseWithoutTemplates(channels: readonly Channel[], { families }: Templates): void {
  if (families === undefined) return;
  for (const channel of channels) {
    if (!families.has(channel.templates)) throw new UnknownTemplatesError(channel, families);
  }
}

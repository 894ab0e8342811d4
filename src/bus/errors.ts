import { AppError } from '../kernel/index.ts';

/** Published or subscribed after `close`. */
export class BusClosedError extends AppError {
  readonly code = 'bus_closed';

  constructor() {
    super({ message: 'the bus is closed', help: 'Publish before closing it, or start a new one.' });
  }
}

/** Two subscribers under one name would share one memory of what was handled. */
export class DuplicateSubscriberError extends AppError {
  readonly code = 'duplicate_subscriber';

  constructor(name: string) {
    super({
      message: `there is a subscriber "${name}" already`,
      help: 'Give each subscriber a name of its own.',
    });
  }
}

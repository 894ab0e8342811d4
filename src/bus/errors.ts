import { AppError } from '../kernel/index.ts';

/** Published or subscribed after `close`. */
export class BusClosedError extends AppError {
  readonly code = 'bus_closed';

  constructor() {
    super({ message: 'the bus is closed', help: 'Publish before closing it, or start a new one.' });
  }
}

export class BadBusSettingError extends AppError {
  readonly code = 'bad_bus_setting';

  constructor(complaints: string) {
    super({ message: `bad settings of the bus: ${complaints}`, help: 'See the options of the bus.' });
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

/** There is no dead letter of this id, or not any more. */
export class UnknownDeadLetterError extends AppError {
  readonly code = 'unknown_dead_letter';

  constructor(id: string) {
    super({
      message: `there is no dead letter "${id}"`,
      help: 'List the dead letters; it may have been re-driven or discarded.',
    });
  }
}

/** Nobody has ever subscribed under this name. */
export class UnknownSubscriberError extends AppError {
  readonly code = 'unknown_subscriber';

  constructor(name: string) {
    super({
      message: `there is no subscriber "${name}"`,
      help: 'Give the name under which it subscribed.',
    });
  }
}

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

/**
 * Thrown by a handler that cannot take a message for now, through no fault of the message or its own: it is handed to
 * it again at that time, as at the same attempt. Those behind it do not wait.
 */
export class PutOffError extends AppError {
  readonly code = 'put_off';
  readonly untilMs: number;

  constructor(untilMs: number) {
    super({ message: `not before ${new Date(untilMs).toISOString()}`, help: 'It comes again by itself.' });
    this.untilMs = untilMs;
  }
}

/** Others were always faster to change what a subscriber keeps. */
export class StateConflictError extends AppError {
  readonly code = 'state_conflict';

  constructor(subscriber: string, key: string) {
    super({
      message: `"${subscriber}" could not change what it keeps under "${key}": others always did before it`,
      help: 'Let the messages that change it be of one subject, so that they come one after the other.',
    });
  }
}

/** What a subscriber wants to keep, or have published later, is not to be had as JSON. */
export class UnkeepableError extends AppError {
  readonly code = 'not_json';

  constructor(subscriber: string, key: string, cause: unknown) {
    super({
      message: `what "${subscriber}" keeps under "${key}" cannot be written as JSON`,
      help: 'Keep plain objects, arrays, texts and numbers, and nothing that holds itself.',
      cause,
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

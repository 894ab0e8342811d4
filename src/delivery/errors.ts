import { AppError } from '../kernel/index.ts';

/** Someone is to be told something whom the datastore does not know. */
export class UnknownRecipientError extends AppError {
  readonly code = 'unknown_recipient';

  constructor(customerId: string) {
    super({
      message: `nobody is registered as customer "${customerId}"`,
      help: 'Register the customer, then publish the event again.',
    });
  }
}

/** The ledger holds a delivery for a channel that is not running any more. */
export class UnknownChannelError extends AppError {
  readonly code = 'unknown_channel';

  constructor(channel: string) {
    super({
      message: `no channel "${channel}" is running`,
      help: 'Start with that channel, then re-drive it.',
    });
  }
}

/** A setting of the delivery service that makes no sense. */
export class InvalidSettingError extends AppError {
  readonly code = 'invalid_setting';

  constructor(issues: string) {
    super({ message: `bad delivery settings: ${issues}`, help: 'See docs/SETTINGS.md for what is allowed.' });
  }
}

/** Something was asked of a delivery service after it was stopped. */
export class DeliveryStoppedError extends AppError {
  readonly code = 'delivery_stopped';

  constructor() {
    super({ message: 'deliveries have stopped', help: 'Ask again when they have been started again.' });
  }
}

/** The provider took longer to answer than it is given. */
export class SendTimeoutError extends AppError {
  readonly code = 'send_timeout';

  constructor(timeoutMs: number) {
    super({
      message: `no answer within ${timeoutMs} ms`,
      help: 'Look whether the provider has the message: it may have taken it.',
    });
  }
}

/** The process ended while the delivery was in hand. */
export class InterruptedError extends AppError {
  readonly code = 'interrupted';

  constructor() {
    super({
      message: 'the process ended before the provider had answered',
      help: 'Look whether the provider has the message: it may have taken it.',
    });
  }
}

/** What is to be re-driven or discarded is not there, or not given up. */
export class NotDeadLetteredError extends AppError {
  readonly code = 'not_dead_lettered';

  constructor(deliveryId: string) {
    super({
      message: `"${deliveryId}" is no dead letter`,
      help: 'List the dead letters: somebody may have dealt with it already.',
    });
  }
}

/** A caller declines a notification to which no rule objects: it would go unsent without a reason. */
export class NothingToDeclineError extends AppError {
  readonly code = 'nothing_to_decline';

  constructor(notificationId: string, channel: string) {
    super({
      message: `no rule speaks against "${notificationId}" on ${channel}`,
      help: 'Send it, or let the rule that the caller has in mind become one of the policy.',
    });
  }
}

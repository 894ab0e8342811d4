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

import { AppError, type AppErrorOptions, messageOf } from '../kernel/index.ts';

export class BadPipelineSettingError extends AppError {
  readonly code = 'bad_pipeline_setting';

  constructor(complaints: string) {
    super({
      message: `bad pipeline settings: ${complaints}`,
      help: 'See PipelineSettings for what is allowed.',
    });
  }
}

/** Submitted before `start` or after `stop`: no stage would ever see it. */
export class PipelineNotRunningError extends AppError {
  readonly code = 'pipeline_not_running';

  constructor() {
    super({ message: 'the pipeline is not running', help: 'Start it first, and submit before stopping it.' });
  }
}

/** The bus did not take a message. */
export class EnqueueError extends AppError {
  readonly code = 'enqueue_failed';

  constructor(attempts: number, cause: unknown) {
    const message = `the bus did not take it (attempts: ${attempts}): ${messageOf(cause)}`;
    super({ message, help: 'Submit again once the bus is well.', cause });
  }
}

/** A stage took too long. What it did meanwhile may have had an effect. */
export class HandlerTimeoutError extends AppError {
  readonly code = 'handler_timeout';

  constructor(stage: string, timeoutMs: number) {
    const message = `stage "${stage}" did not finish within ${timeoutMs} ms`;
    super({ message, help: 'Find out what it waits for, or raise handlerTimeoutMs.' });
  }
}

/** Too many messages in a row failed in one stage, so that the fault is likely the stage's own. */
export class StageStoppedError extends AppError {
  readonly code = 'stage_stopped';

  constructor(stage: string, failures: number) {
    const message = `stage "${stage}" was stopped after ${failures} failures in a row`;
    super({ message, help: 'Mend what made it fail, then start a new pipeline.' });
  }
}

/**
 * The fault is this message's and not the stage's: it is a dead letter, whatever the failure mode, since
 * trying again would not help, and it does not count towards stopping the stage.
 */
export class MessageRefusedError extends AppError {
  readonly code: string;

  constructor(code: string, options: AppErrorOptions) {
    super(options);
    this.code = code;
  }
}

/** What one correlation leads to does not come to an end. */
export class TooManyMessagesError extends MessageRefusedError {
  constructor(maxMessages: number) {
    const message = `its correlation has led to more than ${maxMessages} messages`;
    super('too_many_messages', {
      message,
      help: 'Look for stages that make many messages of one over and over, or raise maxMessages.',
    });
  }
}

/** There is no dead letter of this id, or not any more. */
export class UnknownStoredMessageError extends AppError {
  readonly code = 'unknown_dead_letter';

  constructor(id: string) {
    super({
      message: `there is no dead letter ${JSON.stringify(id)}`,
      help: 'List the dead letters; it may have been re-driven or discarded.',
    });
  }
}

/** Stages pass the message around in a circle. */
export class TooManyHopsError extends MessageRefusedError {
  constructor(maxHops: number) {
    const message = `the message was passed on more than ${maxHops} times`;
    super('too_many_hops', {
      message,
      help: 'Look for stages that emit what they accept, or raise maxHops.',
    });
  }
}

/** What a saga had done could not be undone, however often that was asked for. */
export class SagaStuckError extends AppError {
  readonly code = 'saga_stuck';

  constructor(sagaId: string, step: string, attempts: number) {
    super({
      message: `saga "${sagaId}" asked ${attempts} times in vain for its step "${step}" to be undone`,
      help: 'Find out who does not answer, mend that, then re-drive this message.',
    });
  }
}

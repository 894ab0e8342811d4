import type { Recipient } from '../datastore/index.ts';
import type { Attempts } from './attempt.ts';
import type { Conclusions } from './conclusions.ts';
import type { Task } from './task.ts';
import type { Waiting } from './turns.ts';

export interface TurnOptions {
  task: Task;
  /** Of the task: somebody knows the customer. */
  recipient: Recipient;
  attempts: Attempts;
  conclusions: Conclusions;
}

/** That of one delivery, which no rule speaks against. */
export class Turn implements Waiting {
  readonly #options: TurnOptions;

  constructor(options: TurnOptions) {
    this.#options = options;
  }

  proceed(): void {
    const { task, recipient, attempts, conclusions } = this.#options;
    attempts.begin({ notification: task.notification, recipient }, (result) =>
      conclusions.conclude(task, result),
    );
  }

  putOff(untilMs: number): void {
    const { task, conclusions } = this.#options;
    conclusions.conclude(task, { kind: 'held-back', untilMs });
  }
}

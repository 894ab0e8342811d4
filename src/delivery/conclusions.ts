import type { DeliveryRecord } from '../datastore/index.ts';
import type { Clock, Logger, Random } from '../kernel/index.ts';
import { addressOf, usefulUntilMs } from '../notifications/index.ts';
import type { AttemptResult } from './attempt.ts';
import { type Failure, isOurs, judge, withinUsefulness } from './failure.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import { failed, heldBack, type Outcome, sent } from './outcome.ts';
import type { PolicyChain } from './policy-chain.ts';
import { type CompleteSettings, retryOf } from './settings.ts';
import { idOf, type Task } from './task.ts';

export interface ConclusionsOptions {
  /** What time it is on the wall. */
  clock: Clock;
  /** The same without steps: of what is due. */
  steadyClock: Clock;
  random: Random;
  settings: CompleteSettings;
  policies: PolicyChain;
  writer: LedgerWriter;
  logger: Logger;
  /** The delivery is out of hand, and stands like this. */
  onDone(task: Task, delivery: DeliveryRecord): void;
}

/** Draws from what became of a delivery what is put on record, and when it is tried again. */
export class Conclusions {
  readonly #options: ConclusionsOptions;
  readonly #defects = new Set<string>();

  constructor(options: ConclusionsOptions) {
    this.#options = options;
  }

  /** What came of an attempt. */
  conclude(task: Task, result: AttemptResult): void {
    const { delivery } = task;
    const nowMs = this.#options.clock.now();
    switch (result.kind) {
      case 'sent':
        if (result.isShortened) this.#tellOfCut(task);
        this.record(task, sent(delivery, result, nowMs));
        break;
      case 'held-back':
        this.#giveBack(task);
        this.record(task, heldBack(delivery, { ...result, untilMs: result.untilMs - this.#skewMs }, nowMs));
        break;
      case 'failed':
        this.fail(task, result.failure, result.untilMs);
        break;
      case 'lapsed':
        this.#giveBack(task);
        this.record(task, { atMs: nowMs, delivery: { ...delivery, dueAtMs: nowMs } });
        break;
      case 'left':
        this.#options.onDone(task, delivery);
    }
  }

  /** @param busyUntilMs Of the clock that makes no steps: the provider has no time until then. */
  fail(task: Task, failure: Failure, busyUntilMs?: number): void {
    const { clock, logger, random, settings } = this.#options;
    const { notification, delivery, recipient } = task;
    const { channel } = delivery;
    const nowMs = clock.now();
    const verdict = judge(failure, {
      attempts: delivery.attempts + 1,
      sinceMs: notification.requestedAtMs ?? notification.occurredAtMs,
      nowMs,
      retry: retryOf(settings, channel),
      settings,
      random,
    });
    const isBusy = busyUntilMs !== undefined && verdict.delayMs !== undefined;
    const delayMs = isBusy ? busyUntilMs - this.#skewMs - nowMs : verdict.delayMs;
    const untilMs = usefulUntilMs(notification, settings.usefulForMinutes);
    const judgement = withinUsefulness({ ...verdict, delayMs }, untilMs, nowMs);
    const fields = { deliveryId: idOf(task), reason: judgement.reason, code: failure.code };
    if (failure.kind === 'defect') this.#tellOfDefect(channel, failure);
    if (judgement.delayMs === undefined) logger.error(fields, 'delivery failed');
    else logger.warn(fields, 'delivery failed, and will be tried again');
    if (isOurs(failure.kind)) this.#giveBack(task);
    const address = recipient && addressOf(recipient, channel);
    this.record(task, failed(delivery, { failure, judgement, address }, nowMs));
  }

  /** It went out, but not whole: a template that is too long for what is put into it. */
  #tellOfCut(task: Task): void {
    const { logger, settings } = this.#options;
    const fields = {
      deliveryId: idOf(task),
      reason: 'shortened',
      template: task.notification.type,
      maxSmsSegments: settings.maxSmsSegments,
    };
    logger.warn(fields, 'an SMS was longer than it may be, and was cut');
  }

  /** Once for each place: whatever comes there fails. */
  #tellOfDefect(channel: string, { code, at = 'an unknown place' }: Failure): void {
    const defect = `${code} at ${at}`;
    if (this.#defects.has(defect)) return;
    this.#defects.add(defect);
    this.#options.logger.error({ channel, defect }, "the channel's own code fails: see the dead letters");
  }

  /** What was not asked of the provider does not count in the rate limit. */
  #giveBack({ notification, delivery: { channel } }: Task): void {
    this.#options.policies.giveBack(notification, channel);
  }

  /** Puts it on record, and says when it is out of hand. */
  record(task: Task, outcome: Outcome): void {
    const { writer } = this.#options;
    const steady = this.#steadily(outcome);
    writer.record(task.notification, task.delivery, steady, (isRecorded) => {
      this.#options.onDone(task, isRecorded ? (steady.delivery ?? task.delivery) : task.delivery);
    });
  }

  /** How far what is due is ahead of the clock on the wall: nothing, as long as that was not set. */
  get #skewMs(): number {
    const { clock, steadyClock } = this.#options;
    return steadyClock.now() - clock.now();
  }

  #steadily(outcome: Outcome): Outcome {
    const dueAtMs = outcome.delivery?.dueAtMs ?? null;
    if (outcome.delivery === undefined || dueAtMs === null) return outcome;
    return { ...outcome, delivery: { ...outcome.delivery, dueAtMs: dueAtMs + this.#skewMs } };
  }
}

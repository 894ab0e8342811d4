import type { Clock } from '../kernel/index.ts';
import {
  firstObjection,
  type Notification,
  notificationKinds,
  type Objection,
  type PolicyInput,
  type Usefulness,
} from '../notifications/index.ts';
import { RateLimiter } from './rate-limiter.ts';

export interface PolicyChainInput extends Omit<PolicyInput, 'usefulForMinutes'> {
  notification: Notification;
}

export interface PolicyChainOptions {
  /** One that makes no steps: of the rate limit. */
  clock: Clock;
  usefulForMinutes: Usefulness;
}

/** All that is asked before a delivery may be sent: the policy steps, then the rate limit. */
export class PolicyChain {
  readonly #clock: Clock;
  readonly #limiter = new RateLimiter();
  readonly #usefulForMinutes: Usefulness;

  constructor({ clock, usefulForMinutes }: PolicyChainOptions) {
    this.#clock = clock;
    this.#usefulForMinutes = usefulForMinutes;
  }

  /** The first objection; undefined when it may be sent now, and its place in the rate limit is taken. */
  objection(input: PolicyChainInput): Objection | undefined {
    const objection = firstObjection({ usefulForMinutes: this.#usefulForMinutes, ...input });
    if (objection !== undefined || isUrgent(input.notification)) return objection;
    const steadyMs = this.#clock.now();
    const fullUntilMs = this.#limiter.take(input.recipient.id, input.channel, steadyMs);
    if (fullUntilMs === undefined) return undefined;
    const untilMs = input.nowMs + fullUntilMs - steadyMs;
    return { step: 'rate-limit', reason: 'rate_limited', outcome: 'defer', untilMs };
  }

  /** It was not sent after all. */
  giveBack(notification: Notification, channel: string): void {
    if (!isUrgent(notification)) this.#limiter.giveBack(notification.customerId, channel);
  }
}

function isUrgent({ type }: Notification): boolean {
  const { priority }: { priority: string } = notificationKinds[type];
  return priority === 'high' || priority === 'critical';
}

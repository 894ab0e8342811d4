import {
  firstObjection,
  type Notification,
  notificationKinds,
  type Objection,
  type PolicyInput,
  type Usefulness,
} from '../notifications/index.ts';
import { RateLimiter } from './rate-limiter.ts';

export interface GateInput extends Omit<PolicyInput, 'usefulForMinutes'> {
  notification: Notification;
}

/** All that is asked before a delivery may be sent: the policy steps, then the rate limit. */
export class PolicyGate {
  readonly #limiter = new RateLimiter();
  readonly #usefulForMinutes: Usefulness;

  constructor(usefulForMinutes: Usefulness) {
    this.#usefulForMinutes = usefulForMinutes;
  }

  /** The first objection; undefined when it may be sent now, and its place in the rate limit is taken. */
  objection(input: GateInput): Objection | undefined {
    const objection = firstObjection({ ...input, usefulForMinutes: this.#usefulForMinutes });
    if (objection !== undefined || isUrgent(input.notification)) return objection;
    const untilMs = this.#limiter.take(input.recipient.id, input.channel, input.nowMs);
    return untilMs === undefined
      ? undefined
      : { step: 'rate-limit', reason: 'rate_limited', outcome: 'defer', untilMs };
  }
}

function isUrgent({ type }: Notification): boolean {
  const { priority }: { priority: string } = notificationKinds[type];
  return priority === 'high' || priority === 'critical';
}

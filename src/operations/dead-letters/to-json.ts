import { deliveryId } from '../../notifications/index.ts';
import { verbatim } from '../../report/index.ts';
import type { Letter } from './letter.ts';
import type { LetterView } from './letter-report.ts';
import type { Outcome } from './outcome.ts';

/** A letter, as `toJson` prints it. */
export function plainLetter(letter: Letter): Readonly<Record<string, unknown>> {
  const { kind, id, what, where, reason, attempts, firstFailedAtMs, lastFailedAtMs, error } = letter;
  return {
    id,
    kind,
    what,
    where,
    reason,
    attempts,
    firstFailedAtMs,
    lastFailedAtMs,
    error,
    ...(letter.kind === 'delivery' ? notificationOf(letter.dead) : { messageId: letter.dead.messageId }),
  };
}

const notificationOf = ({ notification }: Extract<Letter, { kind: 'delivery' }>['dead']) => ({
  notificationId: notification.id,
  customerId: notification.customerId,
  subject: notification.subject,
  causeId: notification.causeId,
});

/** With all that is known of it. */
export function plainView({ letter, verdicts }: LetterView): unknown {
  if (letter.kind === 'message') return { ...plainLetter(letter), message: verbatim(letter.dead.message) };
  const own = verdicts.filter(({ channel }) => channel === letter.where);
  const { requestedAtMs, variables } = letter.dead.notification;
  return {
    ...plainLetter(letter),
    requestedAtMs,
    variables: verbatim(variables),
    verdicts: own.map(({ atMs, reason, untilMs }) => ({
      atMs,
      reason,
      untilMs,
    })),
  };
}

/** What became of a letter that was re-driven. */
export function plainOutcome({ letter, kind, reason, error, newId, deliveries }: Outcome): unknown {
  return {
    id: letter.id,
    kind: letter.kind,
    outcome: kind,
    reason,
    error,
    deadLetterId: newId,
    deliveries: deliveries.map(({ notificationId, channel, status, ...delivery }) => ({
      id: deliveryId(notificationId, channel),
      status,
      reason: delivery.reason,
      receipt: delivery.receipt,
    })),
  };
}

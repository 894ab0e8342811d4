import type { CapturedEmail } from '../../delivery/index.ts';
import { toCloudEvent } from '../../events/index.ts';
import type { ScenarioResult } from '../../lab/scenarios/index.ts';
import { verbatim } from '../../report/index.ts';
import type { TimelineEntry } from '../../shop/index.ts';

/** A scenario's result, as `toJson` prints it; events as CloudEvents. */
export function plainResult(result: ScenarioResult): unknown {
  const { deliveries, timeline, ...rest } = result;
  return {
    ...rest,
    timeline: timeline.map(plainEntry),
    deliveries: deliveries.map(({ notification, delivery }) => ({
      notification: notification.type,
      notificationId: notification.id,
      customerId: notification.customerId,
      channel: delivery.channel,
      status: delivery.status,
      reason: delivery.reason,
      subject: notification.subject,
      requestedAtMs: notification.requestedAtMs,
      settledAtMs: delivery.settledAtMs,
    })),
  };
}

function plainEntry(entry: TimelineEntry): unknown {
  const { atMs } = entry;
  switch (entry.kind) {
    case 'step':
      return { kind: 'step', atMs, text: entry.text, ...(entry.undone && { undone: entry.undone }) };
    case 'answer':
      return { kind: 'answer', atMs, text: entry.text, isOutcome: entry.isOutcome };
    case 'breaker':
      return { kind: 'breaker', atMs, channel: entry.channel, state: entry.state };
    case 'receipt': {
      const { receipt, result, delivery, isSuppressed } = entry.taken;
      const { channel, status, code, meaning } = receipt;
      return { kind: 'receipt', atMs, ...delivery, channel, status, code, meaning, result, isSuppressed };
    }
    case 'event':
      return {
        kind: 'event',
        atMs,
        event: verbatim(toCloudEvent(entry.event)),
        ...(entry.progress !== undefined && { progress: entry.progress }),
      };
    case 'decision': {
      const { decision, email, sms, push, webhook } = entry;
      return {
        kind: 'decision',
        atMs,
        notification: decision.notification.type,
        notificationId: decision.notification.id,
        customerId: decision.notification.customerId,
        channel: decision.channel,
        status: decision.status,
        reason: decision.reason,
        untilMs: decision.untilMs,
        ...(email && { email: plainEmail(email) }),
        ...(sms && { sms: { to: sms.to, text: sms.text, segments: sms.segments, encoding: sms.encoding } }),
        ...(push && { push: { to: push.to, title: push.title, text: push.text, payload: push.payload } }),
        ...(webhook && { webhook: { method: webhook.method, url: webhook.url, body: webhook.body } }),
      };
    }
  }
}

/** What is attached is told of, not shown: it is no text. */
const plainEmail = ({ to, subject, text, html, attachments }: CapturedEmail): unknown => ({
  to,
  subject,
  text,
  html,
  ...(attachments.length > 0 && {
    attachments: attachments.map(({ filename, contentType, content }) => {
      return { filename, contentType, bytes: content.length };
    }),
  }),
});

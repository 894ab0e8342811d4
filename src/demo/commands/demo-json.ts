import { toCloudEvent } from '../../events/index.ts';
import type { ScenarioResult } from '../../lab/scenarios/index.ts';
import type { TimelineEntry } from '../../shop/index.ts';

/** A scenario's result as plain data: events as CloudEvents, times in ISO 8601. */
export function toJson(result: ScenarioResult): unknown {
  const { deliveries, timeline, ...rest } = result;
  return {
    ...rest,
    timeline: timeline.map(entryToJson),
    deliveries: deliveries.map(({ notification, delivery }) => ({
      notification: notification.type,
      notificationId: notification.id,
      customerId: notification.customerId,
      channel: delivery.channel,
      status: delivery.status,
      reason: delivery.reason,
      subject: notification.subject,
      requestedAt: iso(notification.requestedAtMs),
      settledAt: delivery.settledAtMs === null ? null : iso(delivery.settledAtMs),
    })),
  };
}

function entryToJson(entry: TimelineEntry): unknown {
  const at = iso(entry.atMs);
  switch (entry.kind) {
    case 'step':
      return { kind: 'step', at, text: entry.text };
    case 'event':
      return { kind: 'event', at, event: toCloudEvent(entry.event) };
    case 'decision': {
      const { decision, email, sms } = entry;
      return {
        kind: 'decision',
        at,
        notification: decision.notification.type,
        notificationId: decision.notification.id,
        customerId: decision.notification.customerId,
        channel: decision.channel,
        status: decision.status,
        reason: decision.reason,
        until: decision.untilMs === null ? null : iso(decision.untilMs),
        ...(email && { email: { to: email.to, subject: email.subject, text: email.text, html: email.html } }),
        ...(sms && { sms: { to: sms.to, text: sms.text, segments: sms.segments, encoding: sms.encoding } }),
      };
    }
  }
}

const iso = (atMs: number): string => new Date(atMs).toISOString();

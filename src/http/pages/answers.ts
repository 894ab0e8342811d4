import type { explain } from '../../operations/explain/index.ts';

/** What the pages read of the API's answers; times are ISO 8601, UTC, durations are milliseconds. */

export interface FiguresAnswer {
  readonly requested: number;
  readonly sent: number;
  readonly skipped: number;
  readonly deadLettered: number;
  readonly pending: number;
  readonly failed: number;
  /** From 0 to 1. */
  readonly successRate: number | null;
  readonly averageAttempts: number | null;
  readonly deliveryTimeMs: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
}

export interface StatusAnswer extends FiguresAnswer {
  readonly channels: readonly (FiguresAnswer & { readonly channel: string })[];
  readonly failures: readonly {
    readonly channel: string;
    readonly status: string;
    readonly reason: string | null;
    readonly errorCode: string | null;
    readonly words: string | null;
    readonly count: number;
    readonly lastAt: string;
  }[];
  readonly circuitBreakers: readonly BreakerAnswer[];
}

export interface OverTimeAnswer {
  readonly slotSeconds: number;
  /** Oldest first. */
  readonly slots: readonly {
    readonly since: string;
    readonly sent: number;
    readonly failed: number;
    readonly deadLettered: number;
    readonly backlog: number;
  }[];
}

interface BreakerAnswer {
  readonly channel: string;
  readonly state: string;
  readonly failuresInARow: number;
}

export interface ProviderAnswer {
  readonly channel: string;
  readonly fault: { readonly kind: string; readonly words: string; readonly since: string } | null;
}
export interface ProvidersAnswer {
  readonly providers: readonly ProviderAnswer[];
}

export interface ReadinessAnswer {
  /** How many messages the log holds: the position of its end. */
  readonly messages: number;
  readonly bus: readonly {
    readonly subscriber: string;
    readonly unseen: Readonly<Record<string, number>>;
    readonly retries: number;
  }[];
}

export interface EventAnswer {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  readonly time: string;
  readonly correlationid: string;
  readonly causationid: string;
  readonly data: unknown;
}

export interface EventsAnswer {
  readonly events: readonly EventAnswer[];
  readonly cursor: string;
  readonly hasMore: boolean;
}

interface Captured {
  readonly deliveryId: string;
  readonly to: string;
  readonly text: string;
}
export interface Mail extends Captured {
  readonly channel: 'email';
  readonly subject: string;
  readonly html: string;
  readonly sentAt: string;
}
export interface TextMessage extends Captured {
  readonly channel: 'sms';
  readonly segments: number;
  readonly encoding: string;
}
export interface PushMessage extends Captured {
  readonly channel: 'push';
  readonly title: string;
  readonly payload: string;
}
export interface WebhookCall extends Captured {
  readonly channel: 'webhook';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
export interface InboxAnswer {
  readonly messages: readonly (Mail | TextMessage | PushMessage | WebhookCall)[];
}

export type ExplanationAnswer = Awaited<ReturnType<typeof explain>>;
export type CauseAnswer = ExplanationAnswer['causes'][number];

export interface DeadLetterAnswer {
  readonly id: string;
  readonly kind: 'delivery' | 'message';
  /** The type of the notification or message. */
  readonly what: string;
  /** The channel or the subscriber that failed. */
  readonly where: string;
  readonly reason: string;
  readonly attempts: number;
  readonly lastFailedAt: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Of a delivery only, as is `customerId`. */
  readonly notificationId?: string;
  readonly customerId?: string;
}
export interface DeadLettersAnswer {
  readonly deadLetters: readonly DeadLetterAnswer[];
  readonly hasMore: boolean;
}

export interface SuppressionsAnswer {
  readonly suppressions: readonly {
    readonly address: string;
    readonly reason: string;
    readonly since: string;
    readonly note?: string;
  }[];
  readonly hasMore: boolean;
}

export interface NotificationAnswer {
  readonly correlationId: string;
}

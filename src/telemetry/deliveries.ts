import { createHash } from 'node:crypto';
import type { Datastore } from '../datastore/index.ts';
import {
  type Channel,
  ChannelError,
  type DeliveryService,
  type Receipts,
  type TakenReceipt,
} from '../delivery/index.ts';
import { spanIdOf, traceIdOf } from '../events/index.ts';
import { intercept, RecentMap } from '../kernel/index.ts';
import { deliveryId, type Notification } from '../notifications/index.ts';
import type { Commands, CommandsOptions } from './commands.ts';
import { errorOf } from './error-of.ts';

/** So many notifications know which span asked for them; of older ones it is the message that caused them. */
const rememberedNotifications = 10_000;

/** Spans of what goes to providers, and of what they report. */
export class Deliveries {
  readonly #options: CommandsOptions;
  readonly #commands: Commands;
  /** By the id of a notification or of a delivery. */
  readonly #askedBy = new RecentMap<string>(rememberedNotifications);

  constructor(options: CommandsOptions, commands: Commands) {
    this.#options = options;
    this.#commands = commands;
  }

  /** Notes on whose behalf it is asked for deliveries: when one leaves, others are at work. */
  service(delivery: DeliveryService): DeliveryService {
    return intercept(delivery, {
      instead: {
        request: (notification) => {
          this.#note(notification.id, notification);
          return delivery.request(notification);
        },
        deliver: (notification) => {
          this.#note(notification.id, notification);
          return delivery.deliver(notification);
        },
        enter: (notification, only) => {
          this.#note(notification.id, notification);
          return delivery.enter(notification, only);
        },
        enterWithin: (stores, all) => {
          for (const { notification } of all) this.#note(notification.id, notification);
          return delivery.enterWithin(stores, all);
        },
        send: (due) => {
          this.#note(deliveryId(due.notification.id, due.delivery.channel), due.notification);
          return delivery.send(due);
        },
      },
    });
  }

  #note(key: string, { correlationId, causeId }: Notification): void {
    const scope = this.#options.scopes.current;
    if (scope === undefined || scope.isOver) return;
    const traceId = traceIdOf(correlationId);
    if (scope.traceId === undefined && scope.isOfPublisher) {
      scope.traceId = traceId;
      // Its cause is on no record: a later process, which knows nothing else, finds this span under its id.
      scope.spanId = spanIdOf(causeId);
    }
    if (scope.traceId === traceId) this.#askedBy.set(key, scope.spanId);
  }

  channel(channel: Channel): Channel {
    const { clock, sink, ids } = this.#options;
    return intercept(channel, {
      instead: {
        send: async (message, context) => {
          const startMs = clock.now();
          const { notification } = message;
          const { idempotencyKey: id } = context;
          const end = (result: string, spanId: string, more: { receipt?: string; error?: string }): void =>
            sink.record({
              name: `send ${channel.name}`,
              kind: 'client',
              traceId: notification ? traceIdOf(notification.correlationId) : ids.traceId(),
              spanId,
              parentSpanId: notification && this.#parentOf(id, channel.name, notification.causeId),
              startMs,
              endMs: clock.now(),
              attributes: {
                'shop.channel': channel.name,
                'shop.delivery.id': id,
                ...(notification && { 'shop.notification.type': notification.type }),
                'shop.result': result,
                ...(more.receipt !== undefined && { 'shop.provider.message_id': more.receipt }),
              },
              error: more.error,
            });
          try {
            const receipt = await channel.send(message, context);
            end('taken', spanIdOfSent(channel.name, receipt.id), { receipt: receipt.id });
            return receipt;
          } catch (thrown) {
            end(thrown instanceof ChannelError ? thrown.kind : 'unknown', ids.spanId(), {
              error: errorOf(thrown),
            });
            throw thrown;
          }
        },
      },
    });
  }

  #parentOf(id: string, channel: string, causeId: string): string {
    const notificationId = id.slice(0, -(channel.length + 1));
    return this.#askedBy.get(id) ?? this.#askedBy.get(notificationId) ?? spanIdOf(causeId);
  }

  receipts(receipts: Receipts, { ledger }: Pick<Datastore, 'ledger'>): Receipts {
    const { clock } = this.#options;
    return {
      take: async (reported) => {
        const startMs = clock.now();
        const taken = await receipts.take(reported);
        // They are on record: whatever goes wrong from here on is no reason to report again.
        for (const each of taken) await this.#recordReceipt(each, startMs, ledger).catch(() => {});
        return taken;
      },
    };
  }

  async #recordReceipt(
    { receipt, result, delivery }: TakenReceipt,
    startMs: number,
    ledger: Datastore['ledger'],
  ): Promise<void> {
    const { clock, sink, ids } = this.#options;
    const { channel, providerMessageId, status, code } = receipt;
    const [entry] = delivery === null ? [] : await ledger.find('id', delivery.notificationId);
    const { attributes, ...asked } = this.#commands.asked();
    sink.record({
      ...asked,
      name: `receipt ${channel}`,
      traceId: entry === undefined ? ids.traceId() : traceIdOf(entry.notification.correlationId),
      spanId: ids.spanId(),
      parentSpanId: entry && spanIdOfSent(channel, providerMessageId),
      startMs,
      endMs: clock.now(),
      attributes: {
        ...attributes,
        'shop.channel': channel,
        'shop.provider.message_id': providerMessageId,
        'shop.receipt.status': status,
        'shop.result': result,
        ...(delivery && { 'shop.delivery.id': deliveryId(delivery.notificationId, channel) }),
      },
      ...(isBad(status) && { error: code ?? status }),
    });
  }
}

const isBad = (status: string): boolean => status === 'bounced' || status === 'failed';

/** Of what a provider has taken, known to whoever hears of it later under the id that the provider gave it. */
const spanIdOfSent = (channel: string, providerMessageId: string): string =>
  createHash('sha256')
    .update(`${channel} ${providerMessageId.trim().replace(/^<(.*)>$/, '$1')}`)
    .digest('hex')
    .slice(0, 16);

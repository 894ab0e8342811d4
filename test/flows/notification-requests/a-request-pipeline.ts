import { onTestFinished } from 'vitest';
import { InMemoryEventBus } from '../../../src/bus/index.ts';
import { type Customer, openDatastore } from '../../../src/datastore/index.ts';
import {
  type Channel,
  captureEmail,
  capturePush,
  captureSms,
  captureWebhook,
} from '../../../src/delivery/index.ts';
import type { MessageOf } from '../../../src/events/index.ts';
import { ActivityMeter } from '../../../src/flows/notification-requests/activity.ts';
import type { NotificationRequest } from '../../../src/flows/notification-requests/notification-request.ts';
import {
  createRequestPipeline,
  submission,
} from '../../../src/flows/notification-requests/request-pipeline.ts';
import { createIds, seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import { type AuditRecord, type PipelineMessages, pipelineMessages } from '../../../src/pipeline/index.ts';
import type { PipelineSettings } from '../../../src/pipeline-runtime/index.ts';
import { aCustomer } from '../../support/customers.ts';
import { recordingLogger } from '../../support/recording-logger.ts';

export interface RequestStory {
  /** Default: Kim alone, whom every channel reaches. */
  customers?: readonly Customer[];
  /** In place of the captured ones of the same name. */
  channels?: readonly Channel[];
  settings?: PipelineSettings;
}

const kim = aCustomer({ addresses: { push: 'device-1', webhook: 'https://hooks.example.com/kim' } });

const startMs = Date.parse('2026-03-02T10:00:00Z');

/** The pipeline for requests in virtual time, with everything that it says and sends. */
export async function aRequestPipeline({ customers = [kim], channels = [], settings }: RequestStory = {}) {
  const clock = new VirtualClock(startMs);
  const random = seededRandom(1);
  const ids = createIds(clock, random);
  const datastore = openDatastore();
  onTestFinished(() => datastore.close());
  for (const customer of customers) await datastore.customers.insert(customer);
  const bus = new InMemoryEventBus({ catalogue: pipelineMessages, clock });
  const passed: MessageOf<PipelineMessages>[] = [];
  bus.subscribe({ name: 'onlooker', handles: '*', handle: async (message) => void passed.push(message) });
  const email = captureEmail({ clock });
  const sms = captureSms();
  const push = capturePush();
  const webhook = captureWebhook({ clock });
  const audit: AuditRecord[] = [];
  const logger = recordingLogger();
  const pipeline = createRequestPipeline({
    bus,
    clock,
    ids,
    random,
    datastore,
    channels: [email, sms, push, webhook].map(
      (channel) => channels.find(({ name }) => name === channel.name) ?? channel,
    ),
    audit: (record) => void audit.push(record),
    activity: new ActivityMeter(),
    logger,
    ...(settings && { settings }),
  });
  pipeline.start();
  const request = (differences: Partial<NotificationRequest> = {}): NotificationRequest => {
    return {
      userId: 'kim',
      channels: ['email'],
      message: 'Your order shipped!',
      priority: 'normal',
      ...differences,
    };
  };
  return {
    pipeline,
    clock,
    datastore,
    passed,
    audit,
    emails: email.outbox,
    texts: sms.outbox,
    pushes: push.outbox,
    webhooks: webhook.outbox,
    logged: logger.lines,
    /** Submits Kim's request for an email, but for the differences; returns its id. */
    async submit(differences: Partial<NotificationRequest> = {}) {
      const message = submission({ clock, ids }, request(differences));
      await pipeline.submit([message]);
      return message.data.requestId;
    },
    settle: () => pipeline.settle(),
    types: () => passed.map(({ type }) => type),
  };
}

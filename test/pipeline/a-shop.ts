import { onTestFinished } from 'vitest';
import { DurableEventBus, type EventBus, InMemoryEventBus } from '../../src/bus/index.ts';
import { type Customer, type Ledger, openDatastore } from '../../src/datastore/index.ts';
import { type Channel, captureEmail, captureSms } from '../../src/delivery/index.ts';
import { createMessage, type MessageOf } from '../../src/events/index.ts';
import { createIds, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import {
  type AuditLog,
  type AuditRecord,
  createPipeline,
  type PipelineMessage,
  type PipelineMessages,
  pipelineMessages,
} from '../../src/pipeline/index.ts';
import type { PipelineSettings } from '../../src/pipeline-runtime/index.ts';
import { aCustomer } from '../support/customers.ts';
import { recordingLogger } from '../support/recording-logger.ts';
import { noonMs } from '../support/requests.ts';

export type PipelineBus = EventBus<PipelineMessages>;

export interface ShopStory {
  /** Default: Kim alone, whom email and SMS reach. */
  customers?: readonly Customer[];
  /** In place of the captured email and SMS of the same name, or beside them. */
  channels?: readonly Channel[];
  /** Default: in memory. */
  bus?: 'durable';
  nowMs?: number;
  /** The datastore's; left out, memory. */
  file?: string;
  /** Of the ids, which no two processes share. Default: the first of them. */
  process?: number;
  settings?: PipelineSettings;
  /** Puts something before the ledger. */
  watch?: (ledger: Ledger) => Partial<Ledger>;
  /** Puts something before the bus. */
  alter?: (bus: PipelineBus) => PipelineBus;
  /** Keeps the audit records. Left out, the shop's own; `null`: nobody. */
  audit?: AuditLog | null;
}

/** The shop on the pipeline, in virtual time, with order-1 of Kim's: and all that it says and sends. */
async function aShop(story: ShopStory = {}) {
  const { customers = [aCustomer()], channels = [], file, settings, alter = (bus) => bus } = story;
  const clock = new VirtualClock(story.nowMs ?? noonMs);
  const random = seededRandom(story.process ?? 1);
  const ids = createIds(clock, random);
  const datastore = openDatastore(file === undefined ? {} : { file });
  onTestFinished(() => datastore.close());
  if (await datastore.isEmpty()) await stock(datastore, customers);
  const logger = recordingLogger();
  const bus = alter(
    story.bus === 'durable'
      ? new DurableEventBus({ catalogue: pipelineMessages, clock, datastore, random })
      : new InMemoryEventBus({ catalogue: pipelineMessages, clock }),
  );
  const passed: MessageOf<PipelineMessages>[] = [];
  bus.subscribe({ name: 'onlooker', handles: '*', handle: async (message) => void passed.push(message) });
  const email = captureEmail({ clock, capacity: 10_000 });
  const sms = captureSms({ capacity: 10_000 });
  const usual = [email, sms].filter(({ name }) => channels.every((channel) => channel.name !== name));
  const audit: AuditRecord[] = [];
  const architecture = createPipeline({
    clock,
    ids,
    datastore: { ...datastore, ledger: { ...datastore.ledger, ...story.watch?.(datastore.ledger) } },
    bus,
    random,
    logger,
    channels: [...usual, ...channels],
    ...(settings && { settings }),
    ...(story.audit !== null && { audit: story.audit ?? ((record) => void audit.push(record)) }),
  });
  const settle = (): Promise<void> => architecture.settle();
  return {
    architecture,
    ...architecture.services,
    clock,
    bus,
    datastore,
    passed,
    audit,
    emails: email.outbox,
    texts: sms.outbox,
    logged: logger.lines,
    settle,
    advanceTo: (atMs: number) => clock.advanceTo(atMs, settle),
    types: () => passed.map(({ type }) => type),
    passedOf: <Type extends keyof PipelineMessages>(type: Type): PipelineMessage<Type>[] =>
      passed.filter((message) => message.type === type) as unknown as PipelineMessage<Type>[],
    /** What a service would publish. */
    event: <Type extends keyof PipelineMessages>(type: Type, data: PipelineMessages[Type]) =>
      createMessage<string, never>(
        { clock, ids },
        pipelineMessages[type],
        data as never,
      ) as MessageOf<PipelineMessages>,
    stage: (name: string) => architecture.statistics().stages.find(({ stage }) => stage === name),
  };
}

export type Shop = Awaited<ReturnType<typeof aShop>>;

/** The same, listening. */
export async function anOpenShop(story: ShopStory = {}): Promise<Shop> {
  const shop = await aShop(story);
  await shop.architecture.start();
  return shop;
}

async function stock(
  datastore: ReturnType<typeof openDatastore>,
  customers: readonly Customer[],
): Promise<void> {
  const unitPrice = { amount: 3499, currency: 'USD' };
  await datastore.transaction(async (stores) => {
    await stores.products.insert({ id: 'helmet', name: 'Helmet', price: unitPrice });
    for (const customer of customers) await stores.customers.insert(customer);
    const [first] = customers;
    if (first === undefined) return;
    const item = { productId: 'helmet', quantity: 1, unitPrice, trackingNumber: null };
    await stores.orders.insert({
      id: 'order-1',
      customerId: first.id,
      status: 'placed',
      lineItems: ['order-1-1', 'order-1-2'].map((id) => ({ id, status: 'pending', ...item })),
    });
  });
}

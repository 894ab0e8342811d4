import { type Customer, type Datastore, openDatastore } from '../../src/datastore/index.ts';
import {
  type Channel,
  captureEmail,
  captureSms,
  type Decision,
  DeliveryService,
} from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import type { Notification } from '../../src/notifications/index.ts';
import { aCustomer } from './customers.ts';
import { recordingLogger } from './recording-logger.ts';
import { noonMs } from './requests.ts';

export interface PostOfficeOptions {
  /** Default: Kim alone. */
  customers?: readonly Customer[];
  nowMs?: number;
  /** The datastore's file; left out, memory. */
  file?: string;
  /** In place of the captured ones of the same name, or beside them. */
  channels?: readonly Channel[];
  onDecision?: (decision: Decision) => void;
}

/** A delivery service in virtual time, with its channels and everything that it says. */
export async function openPostOffice(options: PostOfficeOptions = {}) {
  const clock = new VirtualClock(options.nowMs ?? noonMs);
  const datastore = openDatastore(options.file === undefined ? {} : { file: options.file });
  await registerAll(datastore, options.customers ?? [aCustomer()]);
  const email = captureEmail({ clock });
  const sms = captureSms();
  const added = options.channels ?? [];
  const usual = [email, sms].filter(({ name }) => added.every((channel) => channel.name !== name));
  const decisions: Decision[] = [];
  const logger = recordingLogger();
  const delivery = new DeliveryService({
    clock,
    datastore,
    logger,
    channels: [...usual, ...added],
    onDecision(decision) {
      decisions.push(decision);
      options.onDecision?.(decision);
    },
  });
  await delivery.start();
  const settle = () => delivery.settle();
  return {
    clock,
    datastore,
    delivery,
    decisions,
    logged: logger.lines,
    emails: email.outbox,
    texts: sms.outbox,
    request: (notification: Notification) => delivery.request(notification),
    advanceTo: (atMs: number) => clock.advanceTo(atMs, settle),
    /** Moves the clock until nothing waits any more. */
    async finish() {
      for (let dueMs = clock.nextDueMs(); dueMs !== undefined; dueMs = clock.nextDueMs()) {
        await clock.advanceTo(dueMs, settle);
      }
    },
    async close() {
      await delivery.stop();
      await datastore.close();
    },
  };
}

export type PostOffice = Awaited<ReturnType<typeof openPostOffice>>;

/** In one transaction: a file that is synced for every customer takes its time. */
async function registerAll(datastore: Datastore, everyone: readonly Customer[]): Promise<void> {
  await datastore.transaction(async ({ customers }) => {
    for (const customer of everyone) {
      if ((await customers.find(customer.id)) === undefined) await customers.insert(customer);
    }
  });
}

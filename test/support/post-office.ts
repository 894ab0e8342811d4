import { type Customer, type Datastore, openDatastore } from '../../src/datastore/index.ts';
import {
  type Channel,
  captureEmail,
  captureSms,
  type DeadDeliveryAlert,
  type Decision,
  DeliveryService,
  type DeliverySettings,
  type DueDelivery,
} from '../../src/delivery/index.ts';
import { defaultRetryPolicy, type Random, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import type { Notification, Templates } from '../../src/notifications/index.ts';
import { playedOut } from './bus.ts';
import { aCustomer } from './customers.ts';
import { recordingLogger } from './recording-logger.ts';
import { noonMs } from './requests.ts';

export interface PostOfficeOptions extends DeliverySettings {
  /** Default: Kim alone. */
  customers?: readonly Customer[];
  nowMs?: number;
  /** The datastore's file; left out, memory. */
  file?: string;
  /** In place of the captured ones of the same name, or beside them. */
  channels?: readonly Channel[];
  onDecision?: (decision: Decision) => void;
  onDeadLetter?: (alert: DeadDeliveryAlert) => void | Promise<void>;
  /** Takes over what is due. */
  onDue?: (due: DueDelivery) => Promise<void>;
  /** Default: the shop's own. */
  templates?: Templates;
  /** Of how long retries wait. Default: of a seed. */
  random?: Random;
  /** In place of the datastore in memory or in the file, made of it. */
  alterDatastore?: (datastore: Datastore) => Datastore;
}

/** A delivery service in virtual time, with its channels and everything that it says. */
export async function openPostOffice(options: PostOfficeOptions = {}) {
  const clock = new VirtualClock(options.nowMs ?? noonMs);
  const { file, alterDatastore = (given) => given } = options;
  const datastore = alterDatastore(openDatastore(file === undefined ? {} : { file }));
  await registerAll(datastore, options.customers ?? [aCustomer()]);
  const email = captureEmail({ clock });
  const sms = captureSms();
  const added = options.channels ?? [];
  const usual = [email, sms].filter(({ name }) => added.every((channel) => channel.name !== name));
  const decisions: Decision[] = [];
  const logger = recordingLogger();
  const delivery = new DeliveryService({
    random: seededRandom(1),
    retry: defaultRetryPolicy,
    ...options,
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
    settle,
    /** Asks, and waits until every delivery has reached its end or waits in the ledger. */
    request: (notification: Notification) => delivery.deliver(notification),
    async advanceTo(atMs: number) {
      await settle();
      await clock.advanceTo(atMs, settle);
    },
    /** Moves the clock until nothing waits any more. */
    finish: () => playedOut(clock, settle),
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

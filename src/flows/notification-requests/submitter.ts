import { InMemoryEventBus } from '../../bus/index.ts';
import type { Datastore } from '../../datastore/index.ts';
import type { Channel } from '../../delivery/index.ts';
import {
  type Clock,
  createIds,
  type Logger,
  type Random,
  silentLogger,
  VirtualClock,
} from '../../kernel/index.ts';
import {
  type AuditRecord,
  type PipelineMessages,
  pipelineMessages,
  type ValidationError,
} from '../../pipeline/index.ts';
import type { Pipeline, PipelineSettings } from '../../pipeline-runtime/index.ts';
import { ActivityMeter } from './activity.ts';
import { priorities } from './notification-request.ts';
import type { RequestEntry } from './request-entry.ts';
import { createRequestPipeline, submission } from './request-pipeline.ts';
import { type RequestResult, statusOf, unreadable } from './request-result.ts';

export interface SubmitterOptions {
  clock: Clock;
  random: Random;
  /** Its customers are the users; the caller's to close. */
  datastore: Datastore;
  channels: readonly Channel[];
  /** Milliseconds since any moment. */
  stopwatch: () => number;
  settings?: PipelineSettings;
  logger?: Logger;
}

/** Nothing is delivered twice here, and each stage would remember the ids of all it has seen. */
const rememberedIds = 1000;

type Submission = ReturnType<typeof submission>;

/** A request that is on its way through the pipeline. */
interface InHand {
  readonly entry: RequestEntry;
  readonly submitted: Submission;
  /** From when its time counts, on the stopwatch. */
  readonly sinceMs: number;
  readonly onThrough: OnThrough;
  readonly deliveries: AuditRecord[];
  /** How many of its channels have come to their end. */
  completed: number;
  refused?: readonly ValidationError[];
}

/** Told once of each request what became of it, and how long that took. */
export type OnThrough = (result: RequestResult, tookMs: number) => void;

/** Hands requests to a pipeline of its own, on a bus of its own, and says what became of each. */
export class Submitter {
  readonly pipeline: Pipeline<PipelineMessages>;
  readonly bus: InMemoryEventBus<typeof pipelineMessages>;
  readonly #ports;
  readonly #stopwatch: () => number;
  /** By request id. */
  readonly #inHand = new Map<string, InHand>();
  readonly #activity = new ActivityMeter();

  constructor(options: SubmitterOptions) {
    const { clock, random, logger = silentLogger, stopwatch } = options;
    this.#ports = { clock, ids: createIds(clock, random) };
    this.#stopwatch = stopwatch;
    this.bus = new InMemoryEventBus({
      catalogue: pipelineMessages,
      clock,
      logger,
      remembered: rememberedIds,
      random,
    });
    const audit = (record: AuditRecord): void =>
      void this.#inHand.get(record.requestId)?.deliveries.push(record);
    const activity = this.#activity;
    this.pipeline = createRequestPipeline({ ...options, ...this.#ports, bus: this.bus, audit, activity });
    this.bus.subscribe({
      name: 'submitter',
      handles: ['NotificationFailed', 'DeliveryCompleted'],
      handle: async (message) => {
        const request = this.#inHand.get(message.data.requestId);
        if (request === undefined) return;
        if (message.type === 'NotificationFailed') request.refused = message.data.reasons;
        else if (++request.completed < new Set(request.submitted.data.channels).size) return;
        this.#through(request);
      },
    });
    this.pipeline.start();
  }

  /** Sends many at once, the most urgent first. Resolves when all are through, with what became of each, in order. */
  async send(
    entries: readonly RequestEntry[],
    onThrough: OnThrough = () => {},
  ): Promise<readonly RequestResult[]> {
    const results = new Map<RequestEntry, RequestResult>();
    const sinceMs = this.#stopwatch();
    const begun = entries.map((entry) =>
      this.#take(entry, sinceMs, (result, tookMs) => {
        results.set(entry, result);
        onThrough(result, tookMs);
      }),
    );
    await this.pipeline.submit(begun.flatMap((one) => one ?? []).sort(byUrgency));
    await this.rest();
    return entries.flatMap((entry) => results.get(entry) ?? []);
  }

  /** Sends one, without waiting until it is through: `onThrough` is told then, after `rest` at the latest. */
  async offer(entry: RequestEntry, sinceMs: number, onThrough: OnThrough): Promise<void> {
    const message = this.#take(entry, sinceMs, onThrough);
    if (message !== undefined) await this.pipeline.submit([message]);
  }

  /** How many requests are not through. */
  get inHand(): number {
    return this.#inHand.size;
  }

  /** Resolves when all are through, what is tried again too. */
  async rest(): Promise<void> {
    await this.#settle();
    // Some never came to a delivery.
    for (const request of [...this.#inHand.values()]) this.#through(request);
  }

  #take(entry: RequestEntry, sinceMs: number, onThrough: OnThrough): Submission | undefined {
    if (entry.request === undefined) {
      onThrough(unreadable(entry.place, entry.problem ?? ''), 0);
      return undefined;
    }
    const submitted = submission(this.#ports, entry.request);
    this.#inHand.set(submitted.data.requestId, {
      entry,
      submitted,
      sinceMs,
      onThrough,
      deliveries: [],
      completed: 0,
    });
    return submitted;
  }

  #through(request: InHand): void {
    this.#inHand.delete(request.submitted.data.requestId);
    request.onThrough(this.#resultOf(request), this.#stopwatch() - request.sinceMs);
  }

  async #settle(): Promise<void> {
    const settle = (): Promise<void> => this.pipeline.settle();
    const { clock } = this.#ports;
    await settle();
    if (!(clock instanceof VirtualClock)) {
      await this.bus.finish();
      await settle();
      return;
    }
    for (let dueMs = clock.nextDueMs(); dueMs !== undefined; dueMs = clock.nextDueMs()) {
      await clock.advanceTo(dueMs, settle);
    }
  }

  async close(): Promise<void> {
    await this.pipeline.stop();
    await this.bus.close();
  }

  #resultOf({ entry: { place, request }, submitted, deliveries, refused }: InHand): RequestResult {
    const { requestId, channels } = submitted.data;
    deliveries.sort((one, other) => channels.indexOf(one.channel) - channels.indexOf(other.channel));
    const status = refused === undefined ? statusOf(deliveries) : 'refused';
    const errors = refused ?? (deliveries.length === 0 ? this.#failuresOf(requestId) : []);
    const activity = this.#activity.take(requestId);
    return { place, requestId, request: request ?? null, status, errors, activity, deliveries };
  }

  /** Why it never came to a delivery. */
  #failuresOf(requestId: string): ValidationError[] {
    return this.pipeline
      .deadLetters()
      .filter(({ message }) => 'requestId' in message.data && message.data.requestId === requestId)
      .map(({ stage, error }) => ({ code: error.code ?? error.name, words: `${stage}: ${error.message}` }));
  }
}

const byUrgency = (one: Submission, other: Submission): number => urgencyOf(other) - urgencyOf(one);

/** -1 for a priority that nobody knows. */
const urgencyOf = ({ data }: Submission): number => (priorities as readonly string[]).indexOf(data.priority);

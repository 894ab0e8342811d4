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
import { type AuditRecord, type PipelineMessages, pipelineMessages } from '../../pipeline/index.ts';
import type { Pipeline, PipelineSettings } from '../../pipeline-runtime/index.ts';
import { priorities } from './notification-request.ts';
import type { RequestEntry } from './request-entry.ts';
import { createRequestPipeline, submission } from './request-pipeline.ts';
import { type RequestResult, statusOf, type Trouble, unreadable } from './request-result.ts';

export interface RequestDeskOptions {
  clock: Clock;
  random: Random;
  /** Its customers are the users; the caller's to close. */
  datastore: Datastore;
  channels: readonly Channel[];
  /** Milliseconds since any moment. Default: the clock. */
  stopwatch?: () => number;
  settings?: PipelineSettings;
  logger?: Logger;
}

/** Nothing is delivered twice here, and each stage would remember the ids of all it has seen. */
const rememberedIds = 1000;

type Submission = ReturnType<typeof submission>;

/** Hands requests to a pipeline of its own, on a bus of its own, and says what became of each. */
export class RequestDesk {
  readonly pipeline: Pipeline<PipelineMessages>;
  readonly bus: InMemoryEventBus<typeof pipelineMessages>;
  readonly #ports;
  /** By request id, of the requests in hand. */
  readonly #refusals = new Map<string, readonly Trouble[]>();
  readonly #deliveries = new Map<string, AuditRecord[]>();

  constructor(options: RequestDeskOptions) {
    const { clock, random, logger = silentLogger } = options;
    this.#ports = { clock, ids: createIds(clock, random) };
    this.bus = new InMemoryEventBus({
      catalogue: pipelineMessages,
      clock,
      logger,
      remembered: rememberedIds,
      random,
    });
    const audit = (record: AuditRecord): void => {
      this.#deliveries.get(record.requestId)?.push(record);
    };
    this.pipeline = createRequestPipeline({ ...options, ...this.#ports, bus: this.bus, audit });
    this.bus.subscribe({
      name: 'request-desk',
      handles: ['NotificationFailed'],
      handle: async ({ data }) => void this.#refusals.set(data.requestId, data.reasons),
    });
    this.pipeline.start();
  }

  /** Sends many at once, the most urgent first. Resolves when all are through, with what became of each, in order. */
  async send(entries: readonly RequestEntry[]): Promise<readonly RequestResult[]> {
    const submissions = new Map<RequestEntry, Submission>();
    for (const entry of entries) {
      if (entry.request === undefined) continue;
      const message = submission(this.#ports, entry.request);
      submissions.set(entry, message);
      this.#deliveries.set(message.data.requestId, []);
    }
    await this.pipeline.submit([...submissions.values()].sort(byUrgency));
    await this.#rest();
    const results = entries.map((entry) => this.#resultOf(entry, submissions.get(entry)));
    this.#refusals.clear();
    this.#deliveries.clear();
    return results;
  }

  /** Waits for what is tried again, too. */
  async #rest(): Promise<void> {
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

  #resultOf({ place, request, problem }: RequestEntry, submitted: Submission | undefined): RequestResult {
    if (submitted === undefined) return unreadable(place, problem ?? '');
    const { requestId, channels } = submitted.data;
    const refused = this.#refusals.get(requestId);
    const deliveries = (this.#deliveries.get(requestId) ?? []).sort(
      (one, other) => channels.indexOf(one.channel) - channels.indexOf(other.channel),
    );
    const status = refused === undefined ? statusOf(deliveries) : 'refused';
    const troubles = refused ?? (deliveries.length === 0 ? this.#failuresOf(requestId) : []);
    return { place, requestId, request: request ?? null, status, troubles, deliveries };
  }

  /** Why it never came to a delivery. */
  #failuresOf(requestId: string): Trouble[] {
    return this.pipeline
      .deadLetters()
      .filter(({ message }) => 'requestId' in message.data && message.data.requestId === requestId)
      .map(({ stage, error }) => ({ code: error.code ?? error.name, words: `${stage}: ${error.message}` }));
  }
}

const byUrgency = (one: Submission, other: Submission): number => urgencyOf(other) - urgencyOf(one);

/** -1 for a priority that nobody knows. */
const urgencyOf = ({ data }: Submission): number => (priorities as readonly string[]).indexOf(data.priority);

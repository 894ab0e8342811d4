import type { DeadLetter } from '../../bus/index.ts';
import type { MessageOf } from '../../events/index.ts';
import { Ring } from '../../kernel/index.ts';
import { deliveryId, ownTextId } from '../../notifications/index.ts';
import type { AuditRecord, PipelineMessages } from '../../pipeline/index.ts';
import type { PipelineStatistics, StoredMessage } from '../../pipeline-runtime/index.ts';
import type { Activity } from './activity.ts';
import { emptyTally, type RequestResult, type Tally } from './request-result.ts';
import type { Submitter } from './submitter.ts';

/** What became of all requests. */
export interface Report {
  readonly tally: Tally;
  /** The latest, oldest first. */
  readonly deadLetters: readonly DeadRequest[];
  /** How many there were. */
  readonly deadLetterCount: number;
  /** The latest, in the order of the requests. */
  readonly audit: readonly AuditLine[];
  /** How many there were. */
  readonly auditCount: number;
  readonly statistics: PipelineStatistics;
  /** Of all requests. */
  readonly activity: Activity;
}

/** One delivery, and where its request came from. */
export interface AuditLine extends AuditRecord {
  readonly place: string;
}

/** A dead letter of the pipeline or of its bus. */
export interface DeadRequest {
  /** Of a delivery as `dead-letters` knows it, or of the message. */
  readonly id: string;
  readonly type: string;
  /** Null when it was refused before any stage. */
  readonly stage: string | null;
  readonly requestId: string | null;
  readonly userId: string | null;
  readonly code: string;
  readonly message: string;
  readonly attempts: number;
  /** ISO 8601, UTC. */
  readonly time: string;
}

/** Keeps the books of a submitter: what became of the requests, whole or, of the audit log, the end. */
export class Books {
  readonly #audit: Ring<AuditLine>;
  readonly #tally = emptyTally();
  #auditCount = 0;
  #activity: Activity = { handled: 0, emitted: 0 };

  constructor(auditCapacity: number) {
    this.#audit = new Ring(auditCapacity);
  }

  enter({ place, status, activity: { handled, emitted }, deliveries }: RequestResult): void {
    const before = this.#activity;
    this.#activity = { handled: before.handled + handled, emitted: before.emitted + emitted };
    this.#tally[status]++;
    for (const record of deliveries) this.#audit.add({ place, ...record });
    this.#auditCount += deliveries.length;
  }

  async balance(submitter: Submitter): Promise<Report> {
    const stored = submitter.pipeline.deadLetters();
    const known = new Set(stored.map(({ message, stage }) => `pipeline.${stage} ${message.id}`));
    const letters = await submitter.bus.deadLetters();
    // The bus has a letter of its own of what a stage has failed on.
    const others = letters.filter(({ subscriber, messageId }) => !known.has(`${subscriber} ${messageId}`));
    const ofTheBus = others.map(fromBus);
    const dead = [...stored.map(fromPipeline), ...ofTheBus];
    const statistics = submitter.pipeline.statistics();
    return {
      tally: { ...this.#tally },
      deadLetters: dead.sort((one, other) => one.time.localeCompare(other.time)),
      deadLetterCount: statistics.deadLetters + ofTheBus.length,
      audit: this.#audit.items(),
      auditCount: this.#auditCount,
      statistics,
      activity: this.#activity,
    };
  }
}

function fromPipeline({
  message,
  stage,
  error,
  attempts,
  atMs,
}: StoredMessage<PipelineMessages>): DeadRequest {
  const { requestId, userId } =
    'requestId' in message.data ? message.data : { requestId: null, userId: null };
  return {
    id: deadIdOf(message),
    type: message.type,
    stage,
    requestId,
    userId,
    code: error.code ?? error.name,
    message: error.message,
    attempts,
    time: new Date(atMs).toISOString(),
  };
}

function deadIdOf({ id, type, data }: MessageOf<PipelineMessages>): string {
  if (type !== 'DeliveryRouted') return id;
  const { requestId: notificationId, userId: recipient, channel } = data;
  return deliveryId(ownTextId({ notificationId, recipient, channel }), channel);
}

function fromBus({
  messageId,
  messageType,
  subscriber,
  error,
  attempts,
  ...letter
}: DeadLetter): DeadRequest {
  return {
    id: messageId,
    type: messageType,
    stage: subscriber,
    requestId: null,
    userId: null,
    code: error.code ?? error.name,
    message: error.message,
    attempts,
    time: new Date(letter.lastFailedAtMs).toISOString(),
  };
}

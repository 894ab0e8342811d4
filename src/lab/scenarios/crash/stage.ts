import { join } from 'node:path';
import { millisecondsInMinute } from 'date-fns/constants';
import type { Decision } from '../../../delivery/index.ts';
import { VirtualClock } from '../../../kernel/index.ts';
import type { Notification } from '../../../notifications/index.ts';
import type { Command } from '../../../services/index.ts';
import type { ArchitectureName } from '../../../shop/index.ts';
import { type TimelineEntry, toEntry } from '../../../shop/index.ts';
import { type Said, ShopProcess } from '../../shop-process/index.ts';
import { CapturingProvider } from './capturing-provider.ts';
import type { KeptLedger } from './kept-ledger.ts';

export interface StageOptions {
  /** For the datastore and for the provider's journal. */
  folder: string;
  architecture: ArchitectureName;
  startMs: number;
  seed: number;
}

/**
 * Where the scenario is played: one life of the shop's process after the other, on one file, and a provider that
 * outlives them.
 */
export class Stage {
  readonly clock: VirtualClock;
  readonly file: string;
  readonly provider: CapturingProvider;
  readonly timeline: TimelineEntry[] = [];
  readonly #options: StageOptions;
  #heard: TimelineEntry[] = [];
  #withheldKey: string | undefined;
  #life = 0;
  #commands = 0;
  #shop: ShopProcess | undefined;

  constructor(options: StageOptions) {
    const { folder, startMs } = options;
    this.#options = options;
    this.clock = new VirtualClock(startMs);
    this.file = join(folder, 'shop.db');
    this.provider = new CapturingProvider({
      clock: this.clock,
      journalFile: join(folder, 'provider.ndjson'),
    });
  }

  /** A step of the story: what was heard so far comes before it. */
  async step(text: string, { afterMinutes = 0 }: { afterMinutes?: number } = {}): Promise<void> {
    this.#showHeard();
    await this.clock.advanceTo(this.clock.now() + afterMinutes * millisecondsInMinute, async () => {});
    this.timeline.push({ kind: 'step', atMs: this.clock.now(), text });
  }

  /** Starts the process, for the first time or once more, on the same file. Resolves when it takes commands. */
  async start(): Promise<void> {
    const { architecture, seed } = this.#options;
    const life = ++this.#life;
    const shop = new ShopProcess((said) => this.#hear(said, life));
    this.#shop = shop;
    const startMs = this.clock.now();
    shop.tell({ kind: 'open', file: this.file, architecture, startMs, seed: seed * 1000 + life });
    await shop.says('open');
  }

  /** The process stops dead when it has committed what the command changes. */
  async commit(command: Command): Promise<void> {
    this.#give(command, { stopsAfterCommit: true });
    await this.#running.says('stopped');
  }

  /** The provider takes all that the command leads to, and its yes to this one key gets lost. */
  async loseYesOf(key: string, command: Command): Promise<void> {
    this.#withheldKey = key;
    this.#give(command);
    await this.settle();
    this.#withheldKey = undefined;
  }

  async kill(): Promise<void> {
    this.#running.kill();
    await this.#running.ended;
  }

  /** Lets the process do all that there is to do. */
  async settle(): Promise<void> {
    this.#running.tell({ kind: 'rest' });
    await this.#running.says('resting');
  }

  /** Lets the process end in order. */
  async finish(): Promise<void> {
    this.#running.tell({ kind: 'finish' });
    await this.#running.ended;
    this.#showHeard();
  }

  /** Adds to the timeline what a new life puts on record of the deliveries that the last one had in hand. */
  showUnknownOutcomes({ entries, verdicts }: KeptLedger): void {
    for (const { notificationId, channel, atMs, reason } of verdicts) {
      const entry = entries.find(({ notification }) => notification.id === notificationId);
      if (entry === undefined || reason !== 'outcome_unknown') continue;
      const notification = entry.notification as unknown as Notification;
      const decision: Decision = { notification, channel, atMs, reason, status: 'pending', untilMs: null };
      const next = this.timeline.findIndex((shown) => shown.kind === 'decision' && shown.atMs >= atMs);
      this.timeline.splice(next === -1 ? this.timeline.length : next, 0, toEntry(decision, this.provider));
    }
  }

  /** Leaves no process behind. */
  clear(): void {
    this.#shop?.kill();
  }

  get #running(): ShopProcess {
    if (this.#shop === undefined) throw new Error('no process was started');
    return this.#shop;
  }

  #give(command: Command, options: { stopsAfterCommit?: boolean } = {}): void {
    const number = ++this.#commands;
    this.#running.tell({ kind: 'command', number, command, atMs: this.clock.now(), ...options });
  }

  #hear(said: Said, life: number): void {
    if (said.kind === 'event') this.#heard.push(said);
    if (said.kind === 'decided') this.#heard.push(toEntry(said.decision, this.provider));
    if (said.kind === 'ask') void this.#take(said, life);
  }

  async #take(asked: Extract<Said, { kind: 'ask' }>, life: number): Promise<void> {
    const { number, channel, key, message } = asked;
    const receipt = await this.provider.take({ life, key }, channel, message);
    const isLost = key === this.#withheldKey;
    this.#running.tell(isLost ? { kind: 'silence', number } : { kind: 'yes', number, receipt });
  }

  /** Events first: which of two processes was faster must not be seen. */
  #showHeard(): void {
    const events = this.#heard.filter(({ kind }) => kind === 'event');
    const decisions = this.#heard.filter(({ kind }) => kind === 'decision');
    this.timeline.push(...events, ...decisions);
    this.#heard = [];
  }
}

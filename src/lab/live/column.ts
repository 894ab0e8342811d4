import type { LedgerCounts } from '../../datastore/index.ts';
import type { Decision, Faults } from '../../delivery/index.ts';
import type { MessageOf, ShopEvents } from '../../events/index.ts';
import type { Command } from '../../services/index.ts';
import type { ArchitectureName, BreakerState } from '../../shop/index.ts';
import { type Said, ShopProcess } from '../shop-process/index.ts';
import { type Hop, Hops } from './hops.ts';
import { ColumnProvider } from './provider.ts';

export interface ColumnOptions {
  readonly architecture: ArchitectureName;
  /** Of its datastore, which every life of its process opens. */
  readonly file: string;
  readonly seed: number;
  /** Told whenever there is something new to see. */
  readonly onChange: () => void;
}

/** One architecture of the lab: its process, one life after the other on one file, and a provider that outlives it. */
export class Column {
  readonly architecture: ArchitectureName;
  readonly hops = new Hops();
  readonly provider = new ColumnProvider();
  /** Of its ledger, as it was when it last rested. */
  counts: LedgerCounts = { requested: 0, sent: 0, skipped: 0, deadLettered: 0, pending: 0 };
  readonly breakers = new Map<string, BreakerState>();
  /** The longest that a caller had to wait, milliseconds of the shop's clock. */
  longestWaitMs = 0;
  /** How many messages it will never send that others know of. */
  lost = 0;
  readonly #options: ColumnOptions;
  #process: ShopProcess | undefined;
  #life = 0;
  #commands = 0;
  #latestEvent: MessageOf<ShopEvents> | undefined;
  #nowMs = 0;
  readonly #faults = new Map<string, Faults>();

  constructor(options: ColumnOptions) {
    this.#options = options;
    this.architecture = options.architecture;
  }

  get isAlive(): boolean {
    return this.#process !== undefined;
  }

  /** How often its process was started. */
  get life(): number {
    return this.#life;
  }

  /** Starts the process, for the first time or once more. Resolves when it has taken up what the last life left. */
  async start(nowMs: number): Promise<void> {
    const { architecture, file, seed } = this.#options;
    this.#nowMs = nowMs;
    const shop = new ShopProcess((said) => this.#hear(said, shop));
    this.#process = shop;
    const life = ++this.#life;
    const faults = Object.fromEntries(this.#faults);
    shop.tell({ kind: 'open', file, architecture, startMs: nowMs, seed: seed * 1000 + life, faults });
    await shop.says('open');
    if (life > 1) this.#show({ kind: 'life', text: 'started again on the same file' });
    await this.rest();
  }

  /** Gives a command, and does not wait for its end. */
  give(command: Command, { stopsAfterCommit = false } = {}): void {
    const number = ++this.#commands;
    const text = `${command.command} ${subjectOf(command)}`;
    this.#show({ kind: 'hop', way: { from: 'caller', to: 'service' }, text });
    this.#process?.tell({ kind: 'command', number, command, stopsAfterCommit });
  }

  /** Resolves when it stands still behind the commit that it was to stop at. */
  async stopped(): Promise<void> {
    await this.#process?.says('stopped');
  }

  async advanceTo(atMs: number): Promise<void> {
    this.#nowMs = atMs;
    if (this.#process === undefined) return;
    const advanced = this.#process.says('advanced');
    this.#process.tell({ kind: 'advance', atMs });
    await advanced;
  }

  /** Resolves when nothing goes on any more but waiting: for time, or for an answer that is lost. */
  async rest(): Promise<void> {
    const shop = this.#process;
    if (shop === undefined) return;
    const resting = shop.says('resting');
    shop.tell({ kind: 'rest' });
    this.counts = (await resting).counts;
  }

  /** Whoever is started later meets the same. */
  breakProvider(channel: string, faults: Faults): void {
    this.#faults.set(channel, faults);
    this.#process?.tell({ kind: 'break', channel, faults });
  }

  mendProviders(): void {
    for (const channel of this.#faults.keys()) this.breakProvider(channel, {});
  }

  /** Publishes the latest event of the shop once more; false where no events flow. */
  repeatLatest(): boolean {
    if (this.#latestEvent === undefined) return false;
    this.publish([this.#latestEvent]);
    return true;
  }

  /** Sends every dead letter on its way again. */
  redrive(): void {
    this.#process?.tell({ kind: 'redrive' });
  }

  publish(messages: readonly MessageOf<ShopEvents>[]): void {
    this.#process?.tell({ kind: 'publish', messages });
  }

  /** With SIGKILL, as a machine that loses its power. */
  async kill(): Promise<void> {
    const shop = this.#process;
    if (shop === undefined) return;
    this.#process = undefined;
    this.provider.withholdNext(undefined);
    this.breakers.clear();
    shop.kill();
    await shop.ended;
    this.#show({ kind: 'death', text: 'killed' });
    this.#options.onChange();
  }

  #hear(said: Said, from: ShopProcess): void {
    switch (said.kind) {
      case 'event':
        this.#hearEvent(said.event);
        break;
      case 'decided':
        this.#hearVerdict(said.decision);
        break;
      case 'ask':
        this.#take(said, from);
        break;
      case 'done':
        this.#hearAnswer(said);
        break;
      case 'breaker':
        this.breakers.set(said.change.channel, said.change.state);
        break;
      default:
        return;
    }
    this.#options.onChange();
  }

  #hearEvent(event: MessageOf<ShopEvents>): void {
    const isOfShop = event.source.startsWith('/services/');
    if (isOfShop) this.#latestEvent = event;
    const kind = (event.type as string) === 'DeadLetterAdded' ? 'dead' : 'hop';
    const from = isOfShop ? 'service' : 'notifier';
    this.#show({ kind, way: { from, to: 'notifier' }, text: `${event.type} ${event.subject}` });
  }

  #hearVerdict({ notification, channel, status, reason }: Decision): void {
    if (status === 'sent') return;
    const kind = status === 'dead_lettered' ? 'dead' : 'waits';
    const text = `${notification.type} ${notification.customerId} ${channel}: ${reason}`;
    this.#show({ kind, way: { from: 'notifier', to: 'notifier' }, text });
  }

  #hearAnswer({ refusal, waitedMs }: Extract<Said, { kind: 'done' }>): void {
    this.longestWaitMs = Math.max(this.longestWaitMs, waitedMs);
    const way = { from: 'service', to: 'caller' } as const;
    if (refusal !== null) this.#show({ kind: 'dead', way, text: `refuses: ${refusal}` });
    else if (waitedMs > 0) this.#show({ kind: 'waits', way, text: `answers after ${waitedMs / 1000} s` });
  }

  #take({ number, channel, key, message }: Extract<Said, { kind: 'ask' }>, from: ShopProcess): void {
    const { isRepeated, receipt } = this.provider.take(channel, key);
    const what = `${message.notification?.type ?? 'text'} ${channel} to ${message.recipientName}`;
    const text = isRepeated ? `${what}, once more under its key` : what;
    this.#show({ kind: isRepeated ? 'again' : 'hop', way: { from: 'notifier', to: 'customer' }, text });
    from.tell(receipt === undefined ? { kind: 'silence', number } : { kind: 'yes', number, receipt });
  }

  #show(hop: Omit<Hop, 'number' | 'atMs'>): void {
    this.hops.add({ atMs: this.#nowMs, ...hop });
  }
}

function subjectOf({ data }: Command): string {
  const { orderId, productId, customerId } = data as Record<string, unknown>;
  return String(orderId ?? productId ?? customerId ?? '');
}

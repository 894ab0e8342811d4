import { join } from 'node:path';
import type { Faults } from '../../delivery/index.ts';
import { InputError } from '../../kernel/index.ts';
import type { Command } from '../../services/index.ts';
import { architectureNames, hasBus } from '../../shop/index.ts';
import { namedFault } from '../faults/index.ts';
import { type Action, type ActionName, actionOf } from './actions.ts';
import { Column } from './column.ts';
import { type Done, runOf, usualSeed, wordOf } from './run-link.ts';
import { ShopScript } from './shop-script.ts';
import { countLost, type LabState, statesOf } from './state.ts';
import { whyTheyDiffer, withoutBus } from './why.ts';

export interface LiveLabOptions {
  /** For the datastores; the caller's, who removes it. */
  readonly folder: string;
  /** Of the ids; a link that is played has its own. Default 1. */
  readonly seed?: number;
  /** Told whenever there is something new to see. */
  readonly onChange?: () => void;
}

/** A Monday morning, when nobody has quiet hours. */
const labStartMs = Date.parse('2026-03-02T10:00:00Z');
const rushSize = 1000;

/**
 * The four architectures side by side, each in a process of its own, on one virtual clock. What is done to them is done one
 * after the other, each when all rest, so that the same actions at the same times give the same again.
 */
export class LiveLab {
  readonly #options: LiveLabOptions;
  #columns: readonly Column[] = [];
  #seed: number;
  #generation = 0;
  #nowMs = labStartMs;
  #script = new ShopScript();
  #broken: ActionName[] = [];
  #done: Done[] = [];
  #what = 'The sample shop, four times, on one clock.';
  #note = '';
  #turn: Promise<unknown> = Promise.resolve();
  #starting: Promise<void> | undefined;

  constructor(options: LiveLabOptions) {
    this.#options = options;
    this.#seed = options.seed ?? usualSeed;
  }

  /** Starts all processes; asked again, it is the same. */
  start(): Promise<void> {
    this.#starting ??= this.#inTurn(() => this.#begin());
    return this.#starting;
  }

  /**
   * Does something to all of them, and resolves when they rest.
   * @throws {InputError} there is no such action, or it cannot be done now.
   */
  act(name: string): Promise<void> {
    const action = actionOf(name);
    return this.#inTurn(() => this.#act(action));
  }

  /** Lets time pass for all of them. */
  advance(ms: number): Promise<void> {
    return this.#inTurn(() => this.#advanceTo(this.#nowMs + ms));
  }

  /**
   * Begins anew, and does again what a run did, at its times.
   * @throws {InputError} it is no run.
   */
  replay(word: string): Promise<void> {
    const { done, seed } = runOf(word);
    return this.#inTurn(async () => {
      await this.#killAll();
      this.#seed = seed ?? this.#options.seed ?? usualSeed;
      await this.#begin();
      for (const { afterMs, name } of done) {
        await this.#advanceTo(labStartMs + afterMs);
        await this.#act(actionOf(name));
      }
    });
  }

  /** Ends all processes. */
  async close(): Promise<void> {
    await this.#inTurn(() => this.#killAll());
  }

  state(): LabState {
    const columns = statesOf(this.#columns);
    return {
      nowMs: this.#nowMs,
      said: { what: `${this.#what}.${this.#note}`.replace('..', '.'), why: whyTheyDiffer(columns) },
      broken: this.#broken,
      isDown: !this.#columns.every(({ isAlive }) => isAlive),
      seed: this.#seed,
      run: wordOf({ seed: this.#seed, done: this.#done }),
      columns,
    };
  }

  async #begin(): Promise<void> {
    const { folder, onChange = () => {} } = this.#options;
    const seed = this.#seed;
    const generation = ++this.#generation;
    this.#nowMs = labStartMs;
    this.#script = new ShopScript();
    this.#broken = [];
    this.#done = [];
    this.#note = '';
    this.#what = 'The sample shop, four times, on one clock.';
    this.#columns = architectureNames.map(
      (architecture) =>
        new Column({ architecture, file: join(folder, `${architecture}-${generation}.db`), seed, onChange }),
    );
    await this.#each((column) => column.start(this.#nowMs));
    onChange();
  }

  async #act(action: Action & { name: ActionName }): Promise<void> {
    const isDown = this.#columns.some(({ isAlive }) => !isAlive);
    if (isDown && action.name !== 'restart') throw impossible('no process runs', 'Start them again first.');
    this.#note = '';
    await this.#carryOut(action.name);
    this.#what = action.words;
    this.#done.push({ afterMs: this.#nowMs - labStartMs, name: action.name });
    await this.#rest();
  }

  async #carryOut(name: ActionName): Promise<void> {
    switch (name) {
      case 'order':
        return this.#giveAll(this.#script.order());
      case 'rush':
        for (let count = 0; count < rushSize; count++) this.#giveAll(this.#script.order());
        return;
      case 'ship':
        return this.#giveAll(this.#script.ship());
      case 'fail-payment':
        return this.#giveAll(this.#script.failPayment());
      case 'drop-price':
        return this.#giveAll(this.#script.dropPrice());
      case 'repeat': {
        const repeated = this.#columns.filter((column) => column.repeatLatest());
        if (repeated.length === 0) throw impossible('no event has come yet', 'Let a customer order first.');
        this.#note = withoutBus(statesOf(this.#columns));
        return;
      }
      case 'poison': {
        const poison = this.#script.poison(this.#nowMs);
        for (const column of this.#columns) if (hasBus(column.architecture)) column.publish([poison]);
        this.#note = withoutBus(statesOf(this.#columns));
        return;
      }
      case 'kill-after-commit': {
        const order = this.#script.order();
        const stopped = this.#each((column) => column.stopped());
        for (const column of this.#columns) column.give(order, { stopsAfterCommit: true });
        await stopped;
        return this.#killAll();
      }
      case 'kill-after-yes': {
        const command = this.#script.ship();
        for (const column of this.#columns) column.provider.withholdNext('email');
        this.#giveAll(command);
        await this.#each((column) => column.rest());
        if (this.#columns.some(({ provider }) => provider.isWithholding))
          this.#note = ' It had not got there everywhere: no mail gets through now.';
        return this.#killAll();
      }
      case 'restart':
        if (this.#columns.every(({ isAlive }) => isAlive))
          throw impossible('every process runs', 'Kill them first.');
        return this.#each((column) => column.start(this.#nowMs));
      case 'redrive':
        for (const column of this.#columns) column.redrive();
        return;
      case 'mend':
        this.#broken = [];
        for (const column of this.#columns) column.mendProviders();
        return;
      default: {
        const { channel, faults } = faultOf(name);
        // What is broken anew breaks otherwise from then on.
        const others = this.#broken.filter((each) => faultOf(each).channel !== channel);
        this.#broken = [...others, name];
        for (const column of this.#columns) column.breakProvider(channel, faults);
      }
    }
  }

  #giveAll(command: Command): void {
    for (const column of this.#columns) column.give(command);
  }

  async #advanceTo(atMs: number): Promise<void> {
    if (atMs <= this.#nowMs) return;
    this.#nowMs = atMs;
    await this.#each((column) => column.advanceTo(atMs));
    await this.#rest();
  }

  async #rest(): Promise<void> {
    await this.#each((column) => column.rest());
    countLost(this.#columns);
    this.#options.onChange?.();
  }

  async #killAll(): Promise<void> {
    await this.#each((column) => column.kill());
  }

  async #each(work: (column: Column) => Promise<void>): Promise<void> {
    await Promise.all(this.#columns.map(work));
  }

  /** One thing after the other; what failed holds up nothing behind it. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }
}

const faultOf = (name: ActionName): { channel: string; faults: Faults } =>
  name.startsWith(refuse)
    ? { channel: 'email', faults: { blockedRecipients: [`${name.slice(refuse.length)}@example.com`] } }
    : namedFault(name);

const refuse = 'refuse-';

const impossible = (message: string, help: string): InputError => new InputError({ message, help });

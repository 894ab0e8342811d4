import { createInterface } from 'node:readline';
import { AppError } from '../../kernel/index.ts';
import { type FlowEntry, feed, finishInHand, type OpenFlow } from '../../pipeline-runtime/index.ts';
import { type Document, exactMoment, toLines } from '../../report/index.ts';
import type { Page, Streams } from '../requests/screen.ts';
import { picturesDocument, reportDocument } from '../view/flow.ts';
import { dataInWords } from '../view/subject.ts';
import { aboutAll, aboutSubject } from './about.ts';
import { alwaysTyped, type Forms, readTyped, type Typed } from './typed.ts';
import type { FlowWorldOpened } from './world.ts';

export interface ConversationOptions {
  readonly name: string;
  readonly forms: Forms;
  readonly flow: OpenFlow;
  readonly world: FlowWorldOpened;
  readonly streams: Streams;
  /** Where answers go. */
  readonly answers: Page;
  readonly complaints: Page;
}

/**
 * Reads what happens, a line each, until `quit` or the end of the input, and says what came of it. At a terminal it has a prompt
 * with history and editing; from a pipe it only reads. The pipeline is running.
 * @returns how many lines of a pipe made no sense; a person at a terminal just types them again.
 */
export async function converse(options: ConversationOptions): Promise<number> {
  const { streams, answers, name, world } = options;
  const conversation = new Conversation(options);
  // What a file was left with comes first; behind it nothing is waited for before lines are read, or some would be lost.
  await conversation.goOn();
  const isTerminal = streams.stdin.isTTY === true && streams.stdout.isTTY === true;
  const reader = createInterface({
    input: streams.stdin,
    // Without an output nothing is echoed into a pipe, the prompt neither.
    ...(isTerminal && { output: streams.stdout }),
    terminal: isTerminal,
    historySize: 500,
  });
  reader.on('SIGINT', () => reader.close());
  let isOpen = true;
  reader.once('close', () => {
    isOpen = false;
  });
  const ask = (): void => {
    reader.setPrompt(`${name} ${exactMoment(world.clock.now())}> `);
    if (isOpen) reader.prompt();
  };
  if (isTerminal) void answers.print(['`help` says what to type.']);
  ask();
  for await (const line of reader) {
    if (await conversation.take(line)) break;
    ask();
  }
  reader.close();
  await conversation.end();
  return isTerminal ? 0 : conversation.notUnderstood;
}

/** What was said so far. */
class Conversation {
  readonly #options: ConversationOptions;
  /** What was typed, and comes later. */
  #pending: readonly FlowEntry[] = [];
  #lines = 0;
  #events = 0;
  notUnderstood = 0;

  constructor(options: ConversationOptions) {
    this.#options = options;
  }

  /** Says whether it was the last line. */
  async take(line: string): Promise<boolean> {
    const { world, forms, complaints } = this.#options;
    this.#lines++;
    try {
      const at = { nowMs: world.clock.now(), number: world.head + this.#events + 1 };
      const typed = readTyped(line, forms, at);
      await this.#do(typed);
      return typed.is === 'quit';
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      this.notUnderstood++;
      await complaints.print([`line ${this.#lines}: ${thrown.message}. ${thrown.help}`]);
      return false;
    }
  }

  async #do(typed: Typed): Promise<void> {
    const { flow, world } = this.#options;
    const nowMs = world.clock.now();
    switch (typed.is) {
      case 'event':
        this.#events++;
        this.#pending = [...this.#pending, ...typed.entries];
        return this.goOn();
      case 'wait':
        return this.goOn(nowMs + typed.ms);
      case 'next':
        return this.#goToNext();
      case 'help':
        return this.#help();
      case 'report':
        return this.#print(reportDocument(await flow.report()));
      case 'ask':
        return this.#print(picturesDocument(await typed.asked.show(typed.words)));
      case 'show':
        return this.#show(typed.id);
      case 'quit':
      case 'nothing':
    }
  }

  /** Lets time pass until then; left out, what is due now comes. */
  async goOn(untilMs = this.#options.world.clock.now()): Promise<void> {
    const { flow, world } = this.#options;
    const due = this.#pending.filter(({ atMs }) => atMs <= untilMs);
    this.#pending = this.#pending.filter(({ atMs }) => atMs > untilMs);
    await feed(flow.pipeline, world.clock, due, { untilMs });
    await this.#tell();
  }

  /** What is in hand is finished: half a call to a clearing house is none. */
  async end(): Promise<void> {
    const { flow, world } = this.#options;
    await finishInHand(flow.pipeline, world.clock);
    await this.#tell();
  }

  async #goToNext(): Promise<void> {
    const { world, answers } = this.#options;
    const typed = this.#pending.map(({ atMs }) => atMs);
    const dueMs = Math.min(world.clock.nextDueMs() ?? Number.POSITIVE_INFINITY, ...typed);
    if (dueMs === Number.POSITIVE_INFINITY) return answers.print(['nothing is due']);
    return this.goOn(dueMs);
  }

  async #tell(): Promise<void> {
    const { world } = this.#options;
    const news = await world.said.news();
    if (news.length === 0) return;
    await this.#print([
      {
        kind: 'columns',
        align: ['left', 'left', 'left'],
        rows: news.map((message) => ({
          cells: [exactMoment(Date.parse(message.time)), message.type, message.subject],
          text: dataInWords(message),
        })),
      },
    ]);
  }

  async #show(name: string | undefined): Promise<void> {
    const { flow, world } = this.#options;
    const id = name === undefined ? undefined : (flow.subjectOf?.(name) ?? name);
    const nowMs = world.clock.now();
    const { document } =
      id === undefined
        ? await aboutAll(flow, nowMs)
        : await aboutSubject(flow, id, { history: await world.said.about(id), nowMs });
    await this.#print(document);
  }

  #help(): Promise<void> {
    const { typed, asked } = this.#options.forms;
    const rows = [...[...typed, ...asked].map(({ form, does }) => [form, does] as const), ...alwaysTyped];
    return this.#print([
      { kind: 'columns', align: ['left'], rows: rows.map(([form, text]) => ({ cells: [form], text })) },
    ]);
  }

  #print(document: Document): Promise<void> {
    const { answers } = this.#options;
    return answers.print(toLines(document, answers.terminal));
  }
}

import { createInterface } from 'node:readline';
import type { RequestEntry } from '../../flows/notification-requests/index.ts';
import { type RequestResult, unreadable } from '../../flows/notification-requests/index.ts';
import { AppError } from '../../kernel/index.ts';
import { completeLine } from './complete-line.ts';
import { parseLine } from './parse-line.ts';
import type { Page, Streams } from './screen.ts';

export interface PromptOptions {
  input: Streams['stdin'];
  /** Where the prompt stands, and its answers. */
  screen: Streams['stdout'];
  answers: Page;
  complaints: Page;
  users: readonly string[];
  channels: readonly string[];
  /** Aborted by Ctrl-C in the middle of a send; then no more is read. */
  interruption: AbortController;
  /** Sends what was queued. */
  send(entries: readonly RequestEntry[]): Promise<void>;
  /** What `stats` shows. */
  statistics(): Promise<readonly string[]>;
  /** Told of each line from a pipe that made no sense; a person at a terminal just types it again. */
  onBadLine(result: RequestResult): void;
}

const help = [
  'USER CHANNELS MESSAGE [PRIORITY]   queues a request, such as',
  "                                   user_001 email,sms 'Your order shipped!' high",
  'send                               sends what is queued',
  'stats                              dead letters, audit log and statistics so far',
  'quit                               leaves, as Ctrl-D does',
];
const commands = ['send', 'stats', 'help', 'quit'];

/**
 * Reads requests and commands, a line each, until `quit` or the end of the input. At a terminal it has
 * a prompt with history, editing and completion; from a pipe it only reads.
 */
export async function converse(options: PromptOptions): Promise<void> {
  const conversation = new Conversation(options);
  const reader = openReader(options, () => conversation.isSending);
  if (reader.terminal) await options.answers.print(['`help` says what to type.']);
  // A reader at the end of its input has lines left, and Node.js 24 lets nobody prompt for more.
  let isOpen = true;
  reader.once('close', () => {
    isOpen = false;
  });
  reader.prompt();
  for await (const line of reader) {
    if (line.trim() === 'quit') break;
    await conversation.take(line.trim());
    if (options.interruption.signal.aborted) break;
    if (isOpen) reader.prompt();
  }
  reader.close();
  await conversation.leave();
}

/** node:readline over the streams; Ctrl-C clears the line, or leaves, or interrupts what is being sent. */
function openReader(options: PromptOptions, isSending: () => boolean) {
  const { input, screen, users, channels, interruption } = options;
  const isTerminal = isAtTerminal(options);
  const reader = createInterface({
    input,
    // Without an output nothing is echoed into a pipe, the prompt neither.
    ...(isTerminal && { output: screen }),
    terminal: isTerminal,
    prompt: 'pipeline> ',
    historySize: 500,
    removeHistoryDuplicates: true,
    completer: (line: string) => completeLine(line, { commands, users, channels }),
  });
  reader.on('SIGINT', () => {
    if (isSending()) interruption.abort();
    else if (reader.line !== '') reader.write(null, { ctrl: true, name: 'u' });
    else reader.close();
  });
  interruption.signal.addEventListener('abort', () => reader.close(), { once: true });
  return reader;
}

const isAtTerminal = ({ input, screen }: PromptOptions): boolean =>
  input.isTTY === true && screen.isTTY === true;

/** What was said so far. */
class Conversation {
  readonly #options: PromptOptions;
  #queue: RequestEntry[] = [];
  #requests = 0;
  #lines = 0;
  isSending = false;

  constructor(options: PromptOptions) {
    this.#options = options;
  }

  async take(line: string): Promise<void> {
    const { answers, statistics } = this.#options;
    this.#lines++;
    if (line === 'send') await this.#send();
    else if (line === 'stats') await answers.print(await statistics());
    else if (line === 'help') await answers.print(help);
    else if (line !== '') await this.#queueUp(line);
  }

  async leave(): Promise<void> {
    const left = this.#queue.length;
    if (left > 0) await this.#options.complaints.print([`${left} queued, not sent`]);
  }

  async #send(): Promise<void> {
    const { answers, send } = this.#options;
    if (this.#queue.length === 0) return answers.print(['nothing is queued']);
    this.isSending = true;
    await send(this.#queue.splice(0));
    this.isSending = false;
  }

  async #queueUp(line: string): Promise<void> {
    const { answers, complaints, onBadLine } = this.#options;
    try {
      const request = parseLine(line);
      const place = `#${++this.#requests}`;
      this.#queue.push({ place, request });
      await answers.print([`${place} queued; \`send\` sends ${this.#queue.length}`]);
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      const place = `line ${this.#lines}`;
      if (!isAtTerminal(this.#options)) onBadLine(unreadable(place, thrown.message));
      await complaints.print([`${place}: ${thrown.message}. ${thrown.help}`]);
    }
  }
}

import { setTimeout } from 'node:timers/promises';
import type { RequestResult } from '../../flows/notification-requests/index.ts';
import {
  areAsExpected,
  Books,
  LoadMeter,
  openUsers,
  type Report,
  type Source,
  type SourceOptions,
  Submitter,
  sampleUsers,
  sourceOf,
  submit,
  submitSteadily,
} from '../../flows/notification-requests/index.ts';
import { InputError, type Logger } from '../../kernel/index.ts';
import type { PipelineSettings } from '../../pipeline-runtime/index.ts';
import { ProgressBar, toLines } from '../../report/index.ts';
import { describeReport, endingDocument, longestList } from './describe-report.ts';
import { describeResult } from './describe-result.ts';
import { converse } from './prompt.ts';
import { pageOn, type Streams } from './screen.ts';
import { toJson } from './to-json.ts';

export interface RunOptions extends SourceOptions {
  /** A datastore whose customers are the users. Left out: the sample users. */
  data?: string;
  /** One JSON object instead of lines. */
  json?: boolean;
  /** Of a load: every request and delivery, and not only what became of all. */
  verbose?: boolean;
  logger?: Logger;
  settings?: PipelineSettings;
  streams: Streams;
  /** Aborted, it finishes what is in hand and leaves the rest alone. */
  interruption: AbortController;
}

/**
 * Sends requests through the pipeline and shows what became of them.
 * @returns whether all of them got through, or, of the samples, came to the end that they are there for.
 * @throws {InputError} for a file that cannot be used.
 */
export async function run(options: RunOptions): Promise<boolean> {
  const source = sourceOf(options);
  if (options.data !== undefined && (source.kind === 'samples' || source.kind === 'load')) {
    throw new InputError({
      message: '--data is of no use here',
      help: 'It goes with --file or --interactive.',
    });
  }
  const datastore = await openUsers(options.data);
  const submitter = new Submitter({
    ...source,
    ...logging(options),
    ...(options.settings && { settings: options.settings }),
    datastore,
    stopwatch: () => performance.now(),
  });
  // What is tried again waits on timers that keep no process alive.
  const alive = setInterval(() => {}, 60_000);
  try {
    return await serve(submitter, source, options);
  } finally {
    clearInterval(alive);
    await submitter.close();
    await datastore.close();
  }
}

async function serve(submitter: Submitter, source: Source, options: RunOptions): Promise<boolean> {
  const { json = false, verbose = source.kind !== 'load', streams, ratePerSecond } = options;
  const startedMs = performance.now();
  const out = pageOn(streams.stdout);
  const books = new Books(verbose ? (json ? Number.POSITIVE_INFINITY : longestList) : 0);
  const results: RequestResult[] = [];
  const note = (result: RequestResult): void => {
    books.enter(result);
    if ((json && verbose) || source.kind === 'samples') results.push(result);
  };
  const onResult = async (result: RequestResult): Promise<void> => {
    note(result);
    if (!json && verbose) await out.print(describeResult(result, out.terminal));
  };
  const isQuiet = verbose && streams.stdout.isTTY === true;
  const bar = new ProgressBar(isQuiet ? { write: () => {} } : streams.stderr);
  const meter = new LoadMeter();
  const measured = {
    signal: options.interruption.signal,
    onThrough: (_result: RequestResult, tookMs: number) => meter.add(tookMs),
    onProgress: (share: number) => bar.update({ bytesRead: share, totalBytes: 1 }),
  };
  const send = (entries: Source['entries']): Promise<boolean> =>
    submit(submitter, entries, { ...measured, onResult }).finally(() => bar.clear());
  const hold = async (held: number): Promise<boolean> => {
    let shown = Promise.resolve();
    const onThrough = (result: RequestResult, tookMs: number): void => {
      meter.add(tookMs);
      shown = shown.then(() => onResult(result));
    };
    const isDone = await submitSteadily(submitter, source.entries, {
      ...measured,
      onThrough,
      ratePerSecond: held,
      stopwatch: () => performance.now(),
      pause: () => setTimeout(1),
    }).finally(() => bar.clear());
    await shown;
    return isDone;
  };
  const isComplete =
    source.kind === 'prompt'
      ? await talk({ submitter, source, options, books, note, send })
      : ratePerSecond === undefined
        ? await send(source.entries)
        : await hold(ratePerSecond);

  const report = await books.balance(submitter);
  const isWell = source.kind === 'samples' ? areAsExpected(results) : isFlawless(report);
  const wallMs = performance.now() - startedMs;
  const load = source.kind === 'load' ? { load: meter.figures(wallMs, ratePerSecond) } : {};
  const ending = { kind: source.kind, isWell, isComplete, wallMs, ...load };
  await out.print(
    json
      ? [toJson({ ...report, ...ending, requests: results })]
      : [
          ...describeReport(report, out.terminal, verbose),
          '',
          ...toLines(endingDocument(report, ending), out.terminal),
        ],
  );
  return isWell;
}

interface Talk {
  submitter: Submitter;
  source: Source;
  options: RunOptions;
  books: Books;
  note(result: RequestResult): void;
  send(entries: Source['entries']): Promise<boolean>;
}

/** @returns whether everything that was to be sent was sent. */
async function talk({ submitter, source, options, books, note, send }: Talk): Promise<boolean> {
  const { data, interruption, json, streams } = options;
  // The result alone belongs on stdout when a program is to read it.
  const screen = json === true ? streams.stderr : streams.stdout;
  const answers = pageOn(screen);
  let isComplete = true;
  await converse({
    input: streams.stdin,
    screen,
    answers,
    complaints: pageOn(streams.stderr),
    users: data === undefined ? sampleUsers : [],
    channels: source.channels.map(({ name }) => name),
    interruption,
    async send(entries) {
      isComplete = (await send(entries)) && isComplete;
    },
    statistics: async () => describeReport(await books.balance(submitter), answers.terminal),
    onBadLine: note,
  });
  return isComplete;
}

const isFlawless = ({ tally, deadLetterCount }: Report): boolean =>
  tally.failed + tally.refused + tally.unreadable + deadLetterCount === 0;

const logging = ({ logger }: RunOptions): { logger?: Logger } => (logger === undefined ? {} : { logger });

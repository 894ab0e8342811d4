import type { RequestResult } from '../../flows/notification-requests/index.ts';
import {
  areAsExpected,
  Books,
  handIn,
  openUsers,
  type Report,
  RequestDesk,
  type Source,
  type SourceOptions,
  sampleUsers,
  sourceOf,
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
  const desk = new RequestDesk({
    ...source,
    ...logging(options),
    ...(options.settings && { settings: options.settings }),
    datastore,
    stopwatch: () => performance.now(),
  });
  try {
    return await serve(desk, source, options);
  } finally {
    await desk.close();
    await datastore.close();
  }
}

async function serve(desk: RequestDesk, source: Source, options: RunOptions): Promise<boolean> {
  const { json = false, streams } = options;
  const startedMs = performance.now();
  const out = pageOn(streams.stdout);
  const books = new Books(json ? Number.POSITIVE_INFINITY : longestList);
  const results: RequestResult[] = [];
  const note = (result: RequestResult): void => {
    books.enter(result);
    if (json || source.kind === 'samples') results.push(result);
  };
  const onResult = async (result: RequestResult): Promise<void> => {
    note(result);
    if (!json) await out.print(describeResult(result, out.terminal));
  };
  const bar = new ProgressBar(streams.stdout.isTTY === true ? { write: () => {} } : streams.stderr);
  const send = (entries: Source['entries']): Promise<boolean> =>
    handIn(desk, entries, {
      signal: options.interruption.signal,
      onResult,
      onProgress: (share) => bar.update({ bytesRead: share, totalBytes: 1 }),
    }).finally(() => bar.clear());
  const isComplete =
    source.kind === 'prompt'
      ? await talk({ desk, source, options, books, note, send })
      : await send(source.entries);

  const report = await books.balance(desk);
  const isWell = source.kind === 'samples' ? areAsExpected(results) : isFlawless(report);
  const wallMs = performance.now() - startedMs;
  const ending = { kind: source.kind, isWell, isComplete, wallMs };
  await out.print(
    json
      ? [toJson({ ...report, ...ending, requests: results })]
      : [
          ...describeReport(report, out.terminal),
          '',
          ...toLines(endingDocument(report, ending), out.terminal),
        ],
  );
  return isWell;
}

interface Talk {
  desk: RequestDesk;
  source: Source;
  options: RunOptions;
  books: Books;
  note(result: RequestResult): void;
  send(entries: Source['entries']): Promise<boolean>;
}

/** @returns whether everything that was to be sent was sent. */
async function talk({ desk, source, options, books, note, send }: Talk): Promise<boolean> {
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
    statistics: async () => describeReport(await books.balance(desk), answers.terminal),
    onBadLine: note,
  });
  return isComplete;
}

const isFlawless = ({ tally, deadLetterCount }: Report): boolean =>
  tally.failed + tally.refused + tally.unreadable + deadLetterCount === 0;

const logging = ({ logger }: RunOptions): { logger?: Logger } => (logger === undefined ? {} : { logger });

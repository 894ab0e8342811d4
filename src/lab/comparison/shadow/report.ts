import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { ProgressBar, type ProgressScreen, terminalOf, toLines } from '../../../report/index.ts';
import { BadLineWriter } from '../../replay/index.ts';
import { runShadow, type ShadowOptions, type ShadowResult } from '../shadow.ts';
import { areAlike } from './alike.ts';
import type { DeliveryDifference } from './difference.ts';
import { plainDifference } from './json.ts';
import { describeDifference, shadowDocument } from './words.ts';

/** `process.stdout` */
type Screen = Writable & Pick<ProgressScreen, 'isTTY' | 'columns'>;

export interface ReportShadowOptions
  extends Omit<ShadowOptions, 'onDifference' | 'onBadLine' | 'onProgress'> {
  /** One JSON object instead of lines. */
  json: boolean;
  streams: { readonly stdout: Screen; readonly stderr: Screen };
}

/** How finely progress is shown. */
const wholeBar = 1000;

/**
 * Runs two architectures on the same history, and writes each difference as it is found, then what it comes to.
 * @returns whether they decide alike; not, when it was stopped before that could be said.
 */
export async function reportShadow(options: ReportShadowOptions): Promise<boolean> {
  const { json, streams, ...shadow } = options;
  const bar = new ProgressBar(streams.stderr);
  const write = writerTo(streams.stdout);
  const report = json ? jsonReport(write) : textReport(write, streams.stdout);
  const badLines = new BadLineWriter(streams.stderr, bar);
  try {
    const result = await runShadow({
      ...shadow,
      onProgress: (done) => bar.update({ bytesRead: done * wholeBar, totalBytes: wholeBar }),
      onBadLine: (badLine) => badLines.write(badLine),
      async onDifference(difference) {
        bar.clear();
        await report.add(difference);
      },
    });
    bar.clear();
    badLines.end();
    if (result === undefined) {
      streams.stderr.write('stopped before both had played the history: nothing was compared\n');
      return false;
    }
    await report.end(result);
    return areAlike(result);
  } finally {
    bar.clear();
  }
}

type Write = (text: string) => Promise<void>;

/** Waits for a slow reader, since there may be more differences than fit into memory. */
const writerTo =
  (stream: Writable): Write =>
  async (text) => {
    if (!stream.write(text)) await once(stream, 'drain');
  };

interface Report {
  add(difference: DeliveryDifference): Promise<void>;
  end(result: ShadowResult): Promise<void>;
}

function textReport(write: Write, screen: Screen): Report {
  let isEmpty = true;
  return {
    async add(difference) {
      isEmpty = false;
      await write(`${describeDifference(difference)}\n`);
    },
    async end(result) {
      const lines = toLines(shadowDocument(result), terminalOf(screen));
      await write(`${[...(isEmpty ? [] : ['']), ...lines].join('\n')}\n`);
    },
  };
}

/** One object, written piece by piece. */
function jsonReport(write: Write): Report {
  let isEmpty = true;
  return {
    async add(difference) {
      await write(
        `${isEmpty ? '{"differences": [\n' : ',\n'}  ${JSON.stringify(plainDifference(difference))}`,
      );
      isEmpty = false;
    },
    async end({ current, candidate, refusals, differences: summary }) {
      const rest = JSON.stringify({ current, candidate, refusals, summary }, null, 2);
      await write(`${isEmpty ? '{"differences": [' : '\n'}],${rest.slice(1)}\n`);
    },
  };
}

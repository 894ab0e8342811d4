import { messageOf } from '../../kernel/index.ts';
import { MessageRefusedError, type Stage } from '../../pipeline-runtime/index.ts';
import { type EtlMessage, etlMessages as messages } from './messages.ts';
import { SourceReader, type Watermark } from './reader.ts';
import type { Source } from './source.ts';

/** How far a source has been read; what is read from there on is new. */
export interface Extracted {
  readonly watermark: Watermark | null;
  readonly page: number;
  /** Records in this run. */
  readonly read: number;
  readonly isRunning: boolean;
}

type In = EtlMessage<'EtlStarted' | 'PageTaken'>;
type Out = EtlMessage<'RecordExtracted' | 'SourceEnded' | 'EtlHalted'>;

/**
 * Reads a page when the one before has come through to the warehouse: so no more than a page is under way, however long
 * the source is and however slow the warehouse.
 */
export const extractStage = (source: Source, recordsAPage: number): Stage<In, Out, Extracted> => {
  let reader: SourceReader | undefined;
  return {
    name: 'extract',
    accepts: ['EtlStarted', 'PageTaken'],
    state: { initial: () => ({ watermark: null, page: 0, read: 0, isRunning: false }) },
    retry: { attempts: 3, baseDelayMs: 1000, jitter: false },
    async handle({ type, data }, { state, begin }) {
      if (data.source !== source.name)
        throw new MessageRefusedError('other_source', {
          message: `this process has ${source.name} and not ${data.source}`,
          help: 'Load that one again: it goes on.',
        });
      const before = state.get();
      // A run that was halted goes on by itself, and reads what came since too. What is typed is not read here.
      if (before.isRunning === (type === 'EtlStarted')) return [];
      const read = type === 'EtlStarted' ? 0 : before.read;
      const from = before.watermark ?? undefined;
      try {
        // Another message may have failed, or another process read on.
        if (reader === undefined || !reader.isAt(from)) {
          await reader?.close();
          reader = await SourceReader.open(source, from);
        }
        const { records, watermark } = await reader.page(recordsAPage);
        const of = records.length;
        const page = before.page + 1;
        state.set({ watermark, page, read: read + of, isRunning: of > 0 });
        if (of > 0)
          return records.map((record) =>
            begin(messages.RecordExtracted, { source: source.name, page, of, ...record }),
          );
        return [begin(messages.SourceEnded, { source: source.name, read })];
      } catch (thrown) {
        reader = undefined;
        throw thrown;
      }
    },
    giveUp: ({ data }, thrown, { next }) => [
      next(messages.EtlHalted, { source: data.source, stage: 'extract', reason: messageOf(thrown) }),
    ],
  };
};

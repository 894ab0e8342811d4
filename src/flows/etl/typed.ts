import { entryOf, type TypedForm } from '../../pipeline-runtime/index.ts';
import { etlMessages as messages } from './messages.ts';
import { typedSource } from './source.ts';

/** What a person may hand over: a page of one record, and an end behind it. */
export const typedRecords: readonly TypedForm[] = [
  {
    form: 'ride ID TIME STATION KM PRICE',
    does: 'a record such as 17 2026-03-02T08:10 North 3,2 2.50, whatever is right or wrong with it',
    read(fields, { nowMs, number }) {
      const source = typedSource.name;
      const place = `line ${number}`;
      const raw = fields.join();
      const record = { source, page: number, of: 1, line: number, raw, fields, problem: null, hops: 0 };
      return [
        entryOf(messages.RecordExtracted, record, { atMs: nowMs, place }),
        entryOf(messages.SourceEnded, { source, read: 1, hops: 0 }, { atMs: nowMs + 1, place }),
      ];
    },
  },
];

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { replay } from '../../src/lab/replay/index.ts';
import { architectureNames, busNames, hasBus } from '../../src/shop/index.ts';
import { aPlace } from '../support/a-datastore.ts';
import { temporaryFile } from '../support/temporary-file.ts';

const sample = new URL('../../examples/history/adventureworks-sample.ndjson', import.meta.url);

/** As many commands as a test has time for; the whole history gives the same report too. */
function beginning(): string {
  const file = temporaryFile('history.ndjson');
  writeFileSync(file, readFileSync(sample, 'utf8').split('\n').slice(0, 250).join('\n'));
  return file;
}

const ways = architectureNames.flatMap((architecture) =>
  busNames.filter((bus) => bus === 'in-memory' || hasBus(architecture)).map((bus) => ({ architecture, bus })),
);

test.each(ways)(
  '$architecture on PostgreSQL ($bus) tells the same customers the same, to the byte',
  async (how) => {
    const [file, embedded, shared] = [beginning(), temporaryFile('embedded'), temporaryFile('shared')];

    await replay({ ...how, file, report: embedded });
    await replay({ ...how, file, report: shared, data: await aPlace() });

    const lines = readFileSync(embedded, 'utf8');
    expect(lines.split('\n').length).toBeGreaterThan(20);
    expect(readFileSync(shared, 'utf8')).toBe(lines);
  },
  240_000,
);

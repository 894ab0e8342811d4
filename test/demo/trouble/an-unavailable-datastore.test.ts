import Database from 'libsql';
import { describe, expect, test } from 'vitest';
import { type Datastore, DatastoreUnavailableError, openDatastore } from '../../../src/datastore/index.ts';
import { datastoreOn } from '../../../src/datastore/open.ts';
import { select } from '../../../src/datastore/query.ts';
import { openSqlite } from '../../../src/datastore/sqlite.ts';
import { stockSampleShop } from '../../../src/datastore/sample-shop.ts';
import type { Channel } from '../../../src/delivery/index.ts';
import { choose, redriveLetters } from '../../../src/demo/dead-letters/redrive.ts';
import { letterBox } from '../../../src/demo/dead-letters/letter-box.ts';
import { resume } from '../../../src/demo/resume/resume.ts';
import { busNames, createWorld, type World } from '../../../src/demo/world.ts';
import { rejectionOf } from '../../support/rejection.ts';
import { temporaryFile } from '../../support/temporary-file.ts';
import { keepShop, openedAtMs, ship, shopWithDeadLetters } from '../dead-letters/a-kept-shop.ts';

/** A mail provider that takes a mail, and with it something happens to the datastore. */
const emailThat = (happens: () => void): Channel => ({
  name: 'email',
  templates: 'email',
  async send() {
    happens();
    return { id: 'receipt-1' };
  },
});

/** A shop whose datastore becomes unavailable as soon as the mail provider has taken a mail. */
async function shopThatFails(bus: World['bus'] extends never ? never : (typeof busNames)[number]) {
  const file = temporaryFile('shop.db');
  const db = openSqlite(file);
  const datastore = datastoreOn(db, file);
  await stockSampleShop(datastore);
  const fill = (): void => void select(db, 'pragma max_page_count = 1');
  const world = createWorld({ datastore, bus, channels: [emailThat(fill)], startMs: openedAtMs });
  await world.architecture.start();
  return { world, datastore, file };
}

import type { Aftermath } from '../support/play-schedule.ts';
import { openedWrongly } from './breakers.ts';
import { coursesOf } from './courses.ts';
import { waitedWrongly } from './durations.ts';
import { givenUpWrongly } from './giving-up.ts';
import { lostWithoutNeed } from './handovers.ts';
import { delayedByOthers } from './isolation.ts';
import { outOfOrder } from './order.ts';
import { overtakenWrongly } from './overtaken.ts';
import { answeredWrongly } from './providers.ts';
import { textedAtNight } from './quiet-hours.ts';
import { keptWrongly } from './receipts.ts';
import { suppressedWrongly } from './suppression.ts';
import { keepsWhatIsPublished, type Missing, toldWrongly } from './told.ts';

const promises = [
  openedWrongly,
  waitedWrongly,
  givenUpWrongly,
  delayedByOthers,
  lostWithoutNeed,
  outOfOrder,
  overtakenWrongly,
  answeredWrongly,
  textedAtNight,
  suppressedWrongly,
] as const;

/** Every promise that was broken, in words, none when all is well; and what was lost as the architecture declares. */
export async function checkPromises(aftermath: Aftermath): Promise<Missing> {
  const { datastore, shop, deadMessages } = aftermath;
  const courses = coursesOf(aftermath);
  const { requested, sent, skipped, deadLettered, pending } = await datastore.ledger.counts();
  const told = toldWrongly(aftermath, courses);
  const broken = [...told.broken, ...promises.flatMap((check) => check(aftermath, courses))];
  broken.push(...(await keptWrongly(aftermath, courses)));
  if (pending > 0) broken.push(`${pending} deliveries are still pending`);
  if (requested !== sent + skipped + deadLettered + pending) broken.push('the ledger does not add up');
  if (requested !== courses.length) broken.push('the ledger has not what was requested');
  const declared = [...told.declared];
  if (deadMessages > 0) {
    const isDeclared = !keepsWhatIsPublished(aftermath) && shop.history.of('stood-still').length > 0;
    (isDeclared ? declared : broken).push(`${deadMessages} messages are dead letters`);
  }
  return { broken, declared };
}

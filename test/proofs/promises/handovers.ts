import type { Aftermath } from '../support/play-schedule.ts';

/** What is handed to somebody comes back to be sent; only a process that stands still loses it on the way. */
export function lostWithoutNeed({ shop: { history } }: Aftermath): string[] {
  const stills = history.of('stood-still');
  return history.of('lost').flatMap(({ key, life, seq }) => {
    const hasStoodStill = stills.some((still) => still.life === life && still.seq < seq);
    return hasStoodStill ? [] : [`handed over and lost: ${key}`];
  });
}

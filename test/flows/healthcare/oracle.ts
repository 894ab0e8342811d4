import type { HealthRow } from '../../../src/flows/healthcare/row.ts';
import { isScheduled, startOf } from '../../../src/flows/healthcare/schedule.ts';

interface Visit {
  readonly slotId: string;
  readonly patientId: string;
  status: string;
}

interface Round {
  readonly asked: string[];
  /** Until when the last of them may answer. */
  untilMs: number;
}

const quarterMs = 15 * 60_000;

/** The practice with paper and pencil: a sheet of visits, a list of who waits, and a note for each slot that is offered. */
export function naivePractice(rows: readonly HealthRow[]) {
  const visits: Visit[] = [];
  const waiting: { readonly patientId: string; readonly isUrgent: boolean }[] = [];
  const rounds = new Map<string, Round>();
  const offers: string[] = [];
  const refused: string[] = [];

  const lastOf = (slotId: string): Visit | undefined => visits.findLast((visit) => visit.slotId === slotId);
  const offerNext = (slotId: string, nowMs: number): void => {
    const round = rounds.get(slotId) ?? { asked: [], untilMs: 0 };
    rounds.delete(slotId);
    const withOffer = [...rounds.values()].map(({ asked }) => asked.at(-1));
    const sorted = [...waiting.filter((each) => each.isUrgent), ...waiting.filter((each) => !each.isUrgent)];
    const chosen = sorted.find(
      ({ patientId }) => !round.asked.includes(patientId) && !withOffer.includes(patientId),
    );
    if (chosen === undefined || nowMs >= startOf(slotId)) return;
    offers.push(`${slotId} ${chosen.patientId} ${nowMs}`);
    const untilMs = Math.min(nowMs + quarterMs, startOf(slotId));
    rounds.set(slotId, { asked: [...round.asked, chosen.patientId], untilMs });
  };
  const letTimePass = (nowMs: number): void => {
    for (;;) {
      const [due] = [...rounds]
        .filter(([, { untilMs }]) => untilMs <= nowMs)
        .sort((a, b) => a[1].untilMs - b[1].untilMs);
      if (due === undefined) return;
      offerNext(due[0], due[1].untilMs);
    }
  };

  for (const { atMs, action, patientId, slotId } of rows) {
    letTimePass(atMs);
    const last = lastOf(slotId);
    const isTheirs = last?.patientId === patientId && last.status === 'booked';
    const refuse = (): void => void refused.push(`${slotId} ${patientId}`);
    if (action === 'wait') {
      if (!waiting.some((each) => each.patientId === patientId)) {
        const isUrgent =
          rows.find((row) => row.action === 'wait' && row.patientId === patientId)?.detail === 'urgent';
        waiting.push({ patientId, isUrgent });
      }
    } else if (action === 'request') {
      const isTaken = rounds.has(slotId) || (last !== undefined && last.status !== 'cancelled');
      if (!isScheduled(slotId) || startOf(slotId) <= atMs || isTaken) refuse();
      else visits.push({ slotId, patientId, status: 'booked' });
    } else if (action === 'cancel') {
      if (!isTheirs || startOf(slotId) <= atMs) refuse();
      else {
        last.status = 'cancelled';
        offerNext(slotId, atMs);
      }
    } else if (action === 'accept' || action === 'decline') {
      const round = rounds.get(slotId);
      if (round?.asked.at(-1) !== patientId) refuse();
      else if (action === 'decline') offerNext(slotId, atMs);
      else {
        rounds.delete(slotId);
        waiting.splice(
          waiting.findIndex((each) => each.patientId === patientId),
          1,
        );
        visits.push({ slotId, patientId, status: 'booked' });
      }
    } else if (!isTheirs || startOf(slotId) > atMs) refuse();
    else last.status = action;
  }
  letTimePass(Number.POSITIVE_INFINITY);
  return {
    visits: visits.map(({ slotId, patientId, status }) => `${slotId} ${patientId} ${status}`).sort(),
    waiting: [...waiting.filter((each) => each.isUrgent), ...waiting.filter((each) => !each.isUrgent)].map(
      (each) => each.patientId,
    ),
    offers: offers.sort(),
    refused: refused.sort(),
  };
}

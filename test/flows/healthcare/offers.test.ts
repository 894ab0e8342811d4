import { expect, test } from 'vitest';
import type { HealthRow } from '../../../src/flows/healthcare/row.ts';
import { startOf } from '../../../src/flows/healthcare/schedule.ts';
import { playRows } from './a-practice.ts';

const slotId = '2026-03-09T09:00';
const other = '2026-03-09T09:30';
const startMs = startOf(slotId);
const minuteMs = 60_000;

/** `-30 cancel ann`, in minutes before the slot begins. */
const rowsOf = (...lines: readonly string[]): readonly HealthRow[] =>
  lines.map((line) => {
    const [minutes, action = '', patientId = '', detail = '', slot = slotId] = line.split(' ');
    const atMs = startMs + Number(minutes) * minuteMs;
    const of = { atMs, patientId, slotId: action === 'wait' ? '' : slot };
    return { ...of, action: action as HealthRow['action'], detail: detail === '-' ? '' : detail };
  });

async function play(...lines: readonly string[]) {
  const { report, said } = await playRows('in-memory', rowsOf(...lines));
  return {
    statuses: (report.data.appointments as { patientId: string; status: string }[]).map(
      ({ patientId, status }) => `${patientId} ${status}`,
    ),
    offers: said.flatMap(({ type, time, data }) =>
      type === 'SlotOffered'
        ? [
            `${data.patientId} ${(Date.parse(time) - startMs) / minuteMs} to ${(data.untilMs - startMs) / minuteMs}`,
          ]
        : [],
    ),
    refused: said.flatMap(({ type, data }) =>
      type === 'AppointmentRejected' ? [`${data.patientId} ${data.reason}`] : [],
    ),
  };
}

test('a slot that is offered is kept: who asks for it meanwhile does not get it', async () => {
  const { statuses, refused } = await play(
    '-300 request ann R05',
    '-290 wait bob normal',
    '-280 cancel ann patient',
    '-275 request cai R05',
    '-270 accept bob -',
    '-200 request cai R05',
  );

  expect(statuses).toEqual(['ann cancelled', 'bob booked']);
  expect(refused).toEqual(['cai slot_taken', 'cai slot_taken']);
});

test('a slot that nobody wants is free again', async () => {
  const { statuses } = await play(
    '-300 request ann R05',
    '-290 wait bob normal',
    '-280 cancel ann patient',
    '-264 request cai R05',
  );

  expect(statuses).toEqual(['ann cancelled', 'cai booked']);
});

test('an appointment ends once, and only after it has begun', async () => {
  const { statuses, refused } = await play(
    '-300 request ann R05',
    '-200 fulfilled ann -',
    '10 cancel ann patient',
    '20 fulfilled ann -',
    '30 noshow ann -',
  );

  expect(statuses).toEqual(['ann fulfilled']);
  expect(refused).toEqual(['ann not_booked', 'ann not_booked', 'ann not_booked']);
});

test('nobody cancels twice', async () => {
  const { refused } = await play(
    '-300 request ann R05',
    '-200 cancel ann patient',
    '-190 cancel ann patient',
  );

  expect(refused).toEqual(['ann not_booked']);
});

test('who has an offer gets no second one at the same time', async () => {
  const { offers } = await play(
    '-300 request ann R05',
    `-299 request ann R05 ${other}`,
    '-290 wait bob normal',
    '-289 wait cai normal',
    '-280 cancel ann patient',
    `-275 cancel ann patient ${other}`,
  );

  expect(offers).toEqual(['bob -280 to -265', 'cai -275 to -260', 'bob -260 to -245']);
});

test('an offer ends when the appointment would begin, and nothing is offered behind that', async () => {
  const { offers } = await play(
    '-300 request ann R05',
    '-290 wait bob normal',
    '-289 wait cai normal',
    '-10 cancel ann patient',
  );

  expect(offers).toEqual(['bob -10 to 0']);
});

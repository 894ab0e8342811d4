import { describe, expect, test } from 'vitest';
import { isStuck, playOut, sagaOf, sagasOf } from '../../src/pipeline-runtime/index.ts';
import { type Answers, aTripOn } from './a-trip.ts';
import { type BusName, buses } from './two-buses.ts';

/** A trip that is planned and paid at once, to its end. */
async function trip(busName: BusName, answers: Answers = {}) {
  const story = aTripOn(busName, answers);
  await story.say('TripPlanned');
  await story.say('TicketPaid');
  await playOut(story.pipeline, story.clock, { untilMs: story.beganAtMs + 3_600_000 });
  const saga = await sagaOf(story.pipeline, 'trip', 't1');
  return { ...story, saga, tookMs: story.clock.now() - story.beganAtMs };
}

describe.each(buses)('a saga (%s)', (busName) => {
  test('does its steps one after the other, and says so', async () => {
    const { saga, asked, told } = await trip(busName);

    expect(asked).toEqual(['BookFlight t1:flight', 'BookHotel t1:hotel']);
    expect(told).toEqual(['TripBooked']);
    expect(saga).toMatchObject({
      id: 't1',
      status: 'completed',
      step: null,
      done: ['payment', 'flight', 'hotel'],
      compensated: [],
      reason: null,
      deadlineMs: null,
    });
  });

  test('waits for what comes from outside, and no longer than that may take', async () => {
    const { pipeline, clock, say, told, asked, beganAtMs } = aTripOn(busName);

    await say('TripPlanned');
    await playOut(pipeline, clock, { untilMs: beganAtMs + 15 * 60_000 - 1 });
    expect(await sagaOf(pipeline, 'trip', 't1')).toMatchObject({ status: 'running', step: 'payment' });
    await playOut(pipeline, clock, { untilMs: beganAtMs + 16 * 60_000 });
    await say('TicketPaid');
    await playOut(pipeline, clock);

    expect(told).toEqual(['TripCancelled not_paid']);
    expect(asked).toEqual([]);
  });

  test('undoes what was done when a step fails', async () => {
    const { saga, asked, told } = await trip(busName, { BookHotel: ['HotelFull'] });

    expect(asked).toEqual(['BookFlight t1:flight', 'BookHotel t1:hotel', 'CancelFlight t1:flight']);
    expect(told).toEqual(['TripCancelled hotel_full']);
    expect(saga).toMatchObject({ status: 'cancelled', compensated: ['flight'], reason: 'hotel_full' });
  });

  test('undoes nothing that was not done', async () => {
    const { asked, told } = await trip(busName, { BookFlight: ['FlightFull'] });

    expect(asked).toEqual(['BookFlight t1:flight']);
    expect(told).toEqual(['TripCancelled flight_full']);
  });

  test('undoes a step too that had its effect, and ends the saga', async () => {
    const { asked, told } = await trip(busName, { BookFlight: ['FlightOverbooked'] });

    expect(asked).toEqual(['BookFlight t1:flight', 'CancelFlight t1:flight']);
    expect(told).toEqual(['TripCancelled overbooked']);
  });

  test('asks what became of a step before it tries again', async () => {
    const { asked, told } = await trip(busName, {
      BookFlight: ['FlightUnclear', 'FlightBooked'],
      AskForFlight: ['NoSuchFlight'],
    });

    expect(asked).toEqual([
      'BookFlight t1:flight',
      'AskForFlight t1:flight',
      'BookFlight t1:flight',
      'BookHotel t1:hotel',
    ]);
    expect(told).toEqual(['TripBooked']);
  });

  test('does not try again what turns out to have had its effect', async () => {
    const { asked, told } = await trip(busName, { BookFlight: [null], AskForFlight: ['FlightBooked'] });

    expect(asked).toEqual(['BookFlight t1:flight', 'AskForFlight t1:flight', 'BookHotel t1:hotel']);
    expect(told).toEqual(['TripBooked']);
  });

  test('tries no more often than it may', async () => {
    const { asked, told } = await trip(busName, {
      BookFlight: ['FlightUnclear'],
      AskForFlight: ['NoSuchFlight'],
    });

    expect(asked.filter((line) => line.startsWith('BookFlight'))).toHaveLength(2);
    expect(told).toEqual(['TripCancelled no_flight']);
  });

  test('undoes a step of which nobody can say what became of it', async () => {
    const { asked, told } = await trip(busName, { BookFlight: [null], AskForFlight: [null] });

    expect(asked).toEqual([
      'BookFlight t1:flight',
      ...Array.from({ length: 3 }, () => 'AskForFlight t1:flight'),
      'CancelFlight t1:flight',
    ]);
    expect(told).toEqual(['TripCancelled flight_unknown']);
  });

  test('gives a command again that cannot be asked about', async () => {
    const { asked, told } = await trip(busName, { BookHotel: [null, 'HotelBooked'] });

    expect(asked).toEqual(['BookFlight t1:flight', 'BookHotel t1:hotel', 'BookHotel t1:hotel']);
    expect(told).toEqual(['TripBooked']);
  });

  test('asks for a compensation again, and then for a person', async () => {
    const story = await trip(busName, { BookFlight: ['FlightOverbooked'], CancelFlight: [null] });
    const { pipeline, bus, asked, told, saga, script, clock } = story;

    expect(asked.filter((line) => line.startsWith('Cancel'))).toHaveLength(3);
    expect(told).toEqual(['TripStuck flight']);
    expect(saga).toMatchObject({ status: 'stuck', step: 'flight', toUndo: ['flight'] });
    expect(saga && isStuck(saga, clock.now())).toBe(true);
    const [letter] = await bus.deadLetters();
    expect(letter).toMatchObject({ subscriber: 'pipeline.trip', error: { code: 'saga_stuck' } });

    script.CancelFlight = ['FlightCancelled'];
    const [stored] = pipeline.deadLetters();
    await pipeline.redrive(stored?.id ?? '');
    await playOut(pipeline, clock);

    expect(told).toEqual(['TripStuck flight', 'TripCancelled overbooked']);
    expect(await sagaOf(pipeline, 'trip', 't1')).toMatchObject({ status: 'cancelled' });
  });

  test('is shown with all the others, and is stuck when its time was up long ago', async () => {
    const { pipeline, say, clock } = aTripOn(busName);
    await say('TripPlanned', 't2');
    await say('TripPlanned', 't1');
    await pipeline.settle();

    const sagas = [];
    for await (const saga of sagasOf(pipeline, 'trip')) sagas.push(saga);

    expect(sagas.map(({ id, status, step }) => `${id} ${status} ${step}`)).toEqual([
      't1 running payment',
      't2 running payment',
    ]);
    const [first] = sagas;
    expect(first && [isStuck(first, clock.now()), isStuck(first, clock.now() + 17 * 60_000)]).toEqual([
      false,
      true,
    ]);
    expect(await sagaOf(pipeline, 'trip', 't9')).toBeUndefined();
  });

  test('knows what came before it began', async () => {
    const { pipeline, clock, say, told } = aTripOn(busName);

    await say('TicketPaid');
    await pipeline.settle();
    expect(await sagaOf(pipeline, 'trip', 't1')).toBeUndefined();
    await say('TripPlanned');
    await playOut(pipeline, clock);

    expect(told).toEqual(['TripBooked']);
  });

  test('is not begun twice, and what comes late changes nothing', async () => {
    const story = await trip(busName);

    await story.say('TripPlanned');
    await story.say('TicketPaid');
    await playOut(story.pipeline, story.clock);

    expect(story.asked).toHaveLength(2);
    expect(story.told).toEqual(['TripBooked']);
  });
});

import { z } from 'zod';
import { createMessage, defineMessage, type Message, type MessagesOf } from '../../src/events/index.ts';
import {
  again,
  done,
  failed,
  type SagaDefinition,
  type Stage,
  sagaAlarm,
  sagaStage,
  undo,
  unknown,
} from '../../src/pipeline-runtime/index.ts';
import { type BusName, runningOn } from './two-buses.ts';

const subject = ({ trip }: { trip: string }): string => trip;
const about = z.object({ trip: z.string(), key: z.string().optional(), hops: z.int().default(0) });

const message = <const Type extends string>(type: Type) =>
  defineMessage({ type, source: '/trips', subject, versions: [about] });

/** Everything that is said about a trip. */
export const tripMessages = {
  TripPlanned: message('TripPlanned'),
  TicketPaid: message('TicketPaid'),
  BookFlight: message('BookFlight'),
  FlightBooked: message('FlightBooked'),
  FlightFull: message('FlightFull'),
  FlightUnclear: message('FlightUnclear'),
  FlightOverbooked: message('FlightOverbooked'),
  AskForFlight: message('AskForFlight'),
  NoSuchFlight: message('NoSuchFlight'),
  CancelFlight: message('CancelFlight'),
  FlightCancelled: message('FlightCancelled'),
  BookHotel: message('BookHotel'),
  HotelBooked: message('HotelBooked'),
  HotelFull: message('HotelFull'),
  TripBooked: message('TripBooked'),
  TripCancelled: message('TripCancelled'),
  TripStuck: message('TripStuck'),
  TripAlarm: sagaAlarm('TripAlarm', '/trips'),
} as const;

export type TripType = keyof typeof tripMessages;
type Trips = MessagesOf<typeof tripMessages>;

interface Trip {
  readonly isPaid: boolean;
}

/** Pay, fly, sleep. */
const tripSaga: SagaDefinition<Trip> = {
  name: 'trip',
  alarm: tripMessages.TripAlarm,
  starts: { TripPlanned: () => ({ isPaid: false }) },
  facts: { TicketPaid: (data) => ({ ...data, isPaid: true }) },
  compensationAttempts: 3,
  steps: [
    {
      name: 'payment',
      isDone: ({ isPaid }) => isPaid,
      timeoutMs: 15 * 60_000,
      onTimeout: () => failed('not_paid'),
    },
    {
      name: 'flight',
      attempts: 2,
      command: (_, { make, key }) => [make(tripMessages.BookFlight, { trip: tripOf(key), key })],
      replies: {
        FlightBooked: (data) => done(data),
        FlightFull: () => failed('flight_full'),
        FlightOverbooked: () => undo('overbooked'),
        FlightUnclear: () => unknown,
        NoSuchFlight: () => again('no_flight'),
      },
      ask: (_, { make, key }) => [make(tripMessages.AskForFlight, { trip: tripOf(key), key })],
      compensate: (_, { make, key }) => [make(tripMessages.CancelFlight, { trip: tripOf(key), key })],
      compensated: ['FlightCancelled'],
    },
    {
      name: 'hotel',
      attempts: 2,
      timeoutMs: 1000,
      command: (_, { make, key }) => [make(tripMessages.BookHotel, { trip: tripOf(key), key })],
      replies: { HotelBooked: (data) => done(data), HotelFull: () => failed('hotel_full') },
    },
  ],
  onCompleted: (_, { make, key }) => [make(tripMessages.TripBooked, { trip: tripOf(key) })],
  onCancelled: (_, reason, { make, key }) => [
    make(tripMessages.TripCancelled, { trip: tripOf(key), key: reason }),
  ],
  onStuck: (_, step, { make, key }) => [make(tripMessages.TripStuck, { trip: tripOf(key), key: step })],
};

const tripOf = (key: string): string => key.split(':')[0] ?? '';

/** What comes of the first command of a kind, the second and so on; the last counts for all that follow. Null: silence. */
export type Answers = Partial<
  Record<'BookFlight' | 'AskForFlight' | 'CancelFlight' | 'BookHotel', readonly (TripType | null)[]>
>;

const well: Required<Answers> = {
  BookFlight: ['FlightBooked'],
  AskForFlight: ['FlightBooked'],
  CancelFlight: ['FlightCancelled'],
  BookHotel: ['HotelBooked'],
};

/** A pipeline with the saga, and others who answer its commands. */
export function aTripOn(busName: BusName, answers: Answers = {}) {
  const script = { ...well, ...answers };
  const asked: string[] = [];
  const others: Stage<Message<'BookFlight', Trips['BookFlight']>, never> = {
    name: 'others',
    accepts: ['BookFlight', 'AskForFlight', 'CancelFlight', 'BookHotel'] as never,
    handle({ type, data: { trip, key } }, { next }) {
      asked.push(`${type} ${key}`);
      const ofKind = script[type as keyof Answers] ?? [];
      const count = asked.filter((line) => line.startsWith(type)).length;
      const answer = ofKind[Math.min(count, ofKind.length) - 1] ?? null;
      if (answer === null) return [] as never;
      return [next(tripMessages[answer] as never, { trip } as never)] as never;
    },
  };
  const running = runningOn(busName, tripMessages, {
    stages: [sagaStage(tripSaga), others],
    settings: { onHandlerFailure: 'nack' },
  });
  const told: string[] = [];
  running.bus.subscribe({
    name: 'onlooker',
    handles: ['TripBooked', 'TripCancelled', 'TripStuck'],
    handle: async ({ type, data }) => void told.push([type, data.key].filter(Boolean).join(' ')),
  });
  const { clock, ids } = running;
  const say = async (type: 'TripPlanned' | 'TicketPaid', trip = 't1'): Promise<void> => {
    await running.pipeline.submit([createMessage({ clock, ids }, tripMessages[type], { trip, hops: 0 })]);
  };
  return { ...running, asked, told, say, script };
}

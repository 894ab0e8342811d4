import type { Stage } from '../../pipeline-runtime/index.ts';
import { type HealthMessage, healthMessages as messages } from './messages.ts';
import { practice, startOf } from './schedule.ts';

export interface Waiting {
  readonly patientId: string;
  readonly priority: 'urgent' | 'normal';
}

/** What is kept of all who wait, or of a slot that is offered. */
export interface Kept {
  /** The urgent first, and then who came first. */
  readonly list?: readonly Waiting[];
  /** Who has an offer now. */
  readonly offered?: readonly string[];
  /** Who was asked about this slot, since it was released; the last of them has an offer, while it is open. */
  readonly asked?: readonly string[];
  readonly isOpen?: boolean;
}

type In = HealthMessage<'WaitlistJoined' | 'SlotReleased' | 'OfferAnswered' | 'OfferExpired'>;
type Out = HealthMessage<
  'SlotOffered' | 'OfferAccepted' | 'OfferDeclined' | 'SlotFreed' | 'AppointmentRejected'
>;

/** Offers what was released to those who wait, one after the other, each for a quarter of an hour. */
export const waitlistStage: Stage<In, Out, Kept> = {
  name: 'waitlist',
  accepts: ['WaitlistJoined', 'SlotReleased', 'OfferAnswered', 'OfferExpired'],
  // All slots are offered to the same people, and nobody has two offers.
  concurrency: 1,
  state: { initial: () => ({}), key: () => waitlistKey },
  async handle({ type, data }, { state, stateOf, at, cancel, next, begin, nowMs }) {
    const { list = [], offered = [] } = state.get();
    if (type === 'WaitlistJoined') {
      const { patientId, priority } = data;
      if (list.some((each) => each.patientId === patientId)) return [];
      state.set({ list: placed(list, { patientId, priority }), offered });
      return [];
    }
    const { slotId } = data;
    const slot = await stateOf(slotId);
    const { asked = [], isOpen = false } = type === 'SlotReleased' ? {} : slot.get();
    const askNext = (waiting: readonly Waiting[], withOffer: readonly string[]): readonly Out[] => {
      const startMs = startOf(slotId);
      const chosen = waiting.find(
        ({ patientId }) => !asked.includes(patientId) && !withOffer.includes(patientId),
      );
      if (chosen === undefined || startMs <= nowMs) {
        state.set({ list: waiting, offered: withOffer });
        slot.clear();
        return [next(messages.SlotFreed, { slotId })];
      }
      const { patientId } = chosen;
      const untilMs = Math.min(nowMs + practice.offerMs, startMs);
      state.set({ list: waiting, offered: [...withOffer, patientId] });
      slot.set({ asked: [...asked, patientId], isOpen: true });
      at(slotId, untilMs, next(messages.OfferExpired, { slotId, patientId }));
      // One offer leads to the next: a list has an end.
      return [begin(messages.SlotOffered, { slotId, patientId, number: asked.length + 1, untilMs })];
    };
    if (type === 'SlotReleased') return askNext(list, offered);
    const { patientId } = data;
    const isTheirs = isOpen && asked.at(-1) === patientId;
    if (!isTheirs)
      return type === 'OfferExpired'
        ? []
        : [next(messages.AppointmentRejected, { slotId, patientId, reason: 'no_offer' })];
    const others = offered.filter((each) => each !== patientId);
    cancel(slotId);
    if (type === 'OfferExpired') return askNext(list, others);
    if (!data.isAccepted)
      return [next(messages.OfferDeclined, { slotId, patientId }), ...askNext(list, others)];
    state.set({ list: list.filter((each) => each.patientId !== patientId), offered: others });
    slot.clear();
    return [next(messages.OfferAccepted, { slotId, patientId })];
  },
};

export const waitlistKey = 'waitlist';

export function placed(list: readonly Waiting[], joining: Waiting): readonly Waiting[] {
  const normal = list.findIndex(({ priority }) => priority === 'normal');
  const place = joining.priority === 'urgent' && normal !== -1 ? normal : list.length;
  return list.toSpliced(place, 0, joining);
}

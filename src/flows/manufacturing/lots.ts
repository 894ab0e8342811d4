import type { Stage } from '../../pipeline-runtime/index.ts';
import { type ManufacturingMessage, manufacturingMessages as messages } from './messages.ts';

/** What a lot was made of, and what became of it. */
export interface Lot {
  readonly flours: readonly string[];
  readonly pieces: number;
  readonly rejected: readonly { readonly group: number; readonly piece: number; readonly diameter: number }[];
  readonly plan: { readonly plannedS: number; readonly runS: number; readonly idealS: number } | null;
  /** Availability × performance × quality; null: not ended. */
  readonly oee: readonly [number, number, number] | null;
}

type In = ManufacturingMessage<'StockConsumed' | 'PieceRejected' | 'GroupCharted' | 'LotEnded' | 'LotDue'>;

/** What was measured last has passed all stages by then. */
const behindMs = 1000;

/** Knows of each lot the flour, the pieces and the defects, and issues its report a second behind its end. */
export const lotStage: Stage<In, ManufacturingMessage<'ReportIssued'>, Lot> = {
  name: 'report',
  accepts: ['StockConsumed', 'PieceRejected', 'GroupCharted', 'LotEnded', 'LotDue'],
  state: {
    initial: () => ({ flours: [], pieces: 0, rejected: [], plan: null, oee: null }),
    key: ({ data }) => `${data.lineId} ${data.lotId}`,
  },
  handle({ type, data }, { state, at, next, nowMs }) {
    const lot = state.get();
    const { lineId, lotId } = data;
    switch (type) {
      case 'StockConsumed':
        if (!lot.flours.includes(data.flourId)) state.set({ ...lot, flours: [...lot.flours, data.flourId] });
        return [];
      case 'PieceRejected': {
        const { group, piece, diameter } = data;
        state.set({ ...lot, rejected: [...lot.rejected, { group, piece, diameter }] });
        return [];
      }
      case 'GroupCharted':
        state.set({ ...lot, pieces: lot.pieces + 5 });
        return [];
      case 'LotEnded': {
        const { plannedS, runS, idealS } = data;
        state.set({ ...lot, plan: { plannedS, runS, idealS } });
        at(`${lineId} ${lotId}`, nowMs + behindMs, next(messages.LotDue, { lineId, lotId }));
        return [];
      }
      case 'LotDue': {
        const { pieces, plan, rejected: defects } = lot;
        const rejected = defects.length;
        const { plannedS = 1, runS = 1, idealS = 1 } = plan ?? {};
        const availability = runS / plannedS;
        const performance = (pieces * idealS) / runS;
        const quality = pieces === 0 ? 0 : (pieces - rejected) / pieces;
        state.set({ ...lot, oee: [availability, performance, quality] });
        const oee = availability * performance * quality;
        return [
          next(messages.ReportIssued, {
            lineId,
            lotId,
            pieces,
            rejected,
            availability,
            performance,
            quality,
            oee,
          }),
        ];
      }
    }
  },
};

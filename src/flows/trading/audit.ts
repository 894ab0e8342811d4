import type { Stage } from '../../pipeline-runtime/index.ts';
import type { Trade, TradingMessage, TradingMessages } from './messages.ts';

/** What has become of an order, told by what was said of it. */
export interface OrderRecord {
  readonly is: 'order';
  readonly orderId: string;
  readonly traderId: string;
  readonly symbol: string;
  readonly end: 'open' | 'filled' | 'queued' | 'cancelled' | 'rejected';
  /** Zero until it was accepted. */
  readonly quantity: number;
  /** What is neither filled nor cancelled. */
  readonly remaining: number;
  readonly cancelled: number;
  /** Null: it is not filled. */
  readonly vwap: number | null;
  /** Why it was cancelled, or not accepted; null: neither. */
  readonly reason: string | null;
  /** So often it came and was not accepted. */
  readonly rejections: number;
}

export interface TradeRecord extends Trade {
  readonly is: 'trade';
  readonly status: 'executed' | 'settled' | 'reversed';
  readonly reason: string | null;
}

export interface AlertRecord {
  readonly is: 'alert';
  readonly traderId: string;
  readonly symbol: string;
  /** The position with each of them. */
  readonly values: readonly number[];
}

/** With when and what was said, the latest last. */
export type AuditRecord = (OrderRecord | TradeRecord | AlertRecord) & { readonly trail: readonly string[] };

/** Of an order that thousands of others have traded with, no more is kept. */
const longestTrail = 50;

type Heard = TradingMessage<keyof TradingMessages>;

/** By type. */
const latestLines = new Map<string, { readonly time: string; readonly line: string }>();

/** One text for all of a type at one moment: of a hundred thousand orders the lines are most of what is kept. */
function lineOf({ time, type }: Heard): string {
  const latest = latestLines.get(type);
  if (latest?.time === time) return latest.line;
  const line = `${time.slice(0, 23)} ${type}`;
  latestLines.set(type, { time, line });
  return line;
}

/** Hears all that is said, and keeps what became of each order and trade. */
export const auditStage: Stage<Heard, never, AuditRecord | null> = {
  name: 'audit',
  accepts: [
    'OrderSubmitted',
    'OrderAccepted',
    'OrderRejected',
    'OrderPartiallyFilled',
    'OrderFilled',
    'OrderQueued',
    'OrderCancelled',
    'TradeExecuted',
    'SettlementInstructed',
    'TradeCleared',
    'ClearingFailed',
    'SettlementCompleted',
    'SettlementFailed',
    'TradeReversed',
    'RiskAlert',
  ],
  state: { initial: () => null, key: ({ data }) => keyOf(data) },
  handle(message, { state }) {
    const before = state.get();
    const trail = [...(before?.trail ?? []), lineOf(message)].slice(-longestTrail);
    state.set({ ...recordOf(before, message), trail } as AuditRecord);
    return [];
  },
};

/** No name of one is that of another: those of trades have a slash, those of alerts a space. */
function keyOf(data: Heard['data']): string {
  if ('orderId' in data) return data.orderId;
  return 'tradeId' in data ? data.tradeId : `${data.traderId} ${data.symbol}`;
}

function recordOf(
  before: AuditRecord | null,
  message: Heard,
): Partial<OrderRecord> | Partial<TradeRecord> | AlertRecord {
  const { type, data } = message;
  switch (type) {
    case 'OrderSubmitted': {
      const { orderId, traderId, symbol } = data;
      const of = { is: 'order', orderId, traderId, symbol } as const;
      const empty = { end: 'open', quantity: 0, remaining: 0, cancelled: 0, vwap: null } as const;
      return before ?? { ...of, ...empty, reason: null, rejections: 0 };
    }
    case 'OrderRejected': {
      const { end, reason, rejections, ...order } = before as OrderRecord;
      // One that came again says nothing of the one that was there.
      const isKnown = order.quantity > 0;
      return {
        ...order,
        end: isKnown ? end : 'rejected',
        reason: isKnown ? reason : data.reasons.join(),
        rejections: rejections + 1,
      };
    }
    case 'OrderAccepted': {
      const { quantity } = data;
      return { ...(before as OrderRecord), quantity, remaining: quantity, end: 'open', reason: null };
    }
    case 'OrderPartiallyFilled':
      return { ...(before as OrderRecord), remaining: data.remaining };
    case 'OrderFilled':
      return { ...(before as OrderRecord), remaining: 0, vwap: data.vwap, end: 'filled' };
    case 'OrderQueued':
      return { ...(before as OrderRecord), end: 'queued' };
    case 'OrderCancelled': {
      const { remaining: cancelled, reason } = data;
      return { ...(before as OrderRecord), remaining: 0, cancelled, reason, end: 'cancelled' };
    }
    case 'TradeExecuted': {
      const { hops: _, ...trade } = data;
      return { ...trade, is: 'trade', status: 'executed', reason: null };
    }
    case 'SettlementCompleted':
      return { ...(before as TradeRecord), status: 'settled' };
    case 'SettlementFailed':
      return { ...(before as TradeRecord), reason: data.reason };
    case 'TradeReversed':
      return { ...(before as TradeRecord), status: 'reversed' };
    case 'RiskAlert': {
      const values = before?.is === 'alert' ? before.values : [];
      const { traderId, symbol, value } = data;
      return { is: 'alert', traderId, symbol, values: [...values, value] };
    }
    default:
      return before as TradeRecord;
  }
}

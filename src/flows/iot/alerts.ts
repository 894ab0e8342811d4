import type { Stage } from '../../pipeline-runtime/index.ts';
import { type AlertKind, type IotMessage, iotMessages as messages } from './messages.ts';
import { rules } from './rules.ts';

/** It is too warm from one limit up, until it is below another: in between nothing changes. */
export const thresholdStage: Stage<
  IotMessage<'WindowClosed'>,
  IotMessage<'LimitReached' | 'LimitLeft'>,
  { readonly isTooWarm: boolean }
> = {
  name: 'threshold',
  accepts: ['WindowClosed'],
  state: { initial: () => ({ isTooWarm: false }) },
  handle({ data: { sensorId, fromMs, median } }, { state, next }) {
    const { isTooWarm } = state.get();
    if (!isTooWarm && median >= rules.raiseAt) {
      state.set({ isTooWarm: true });
      return [next(messages.LimitReached, { sensorId, fromMs, median })];
    }
    if (!isTooWarm || median >= rules.clearBelow) return [];
    state.set({ isTooWarm: false });
    return [next(messages.LimitLeft, { sensorId, fromMs, median })];
  },
};

/** One alert was raised, and until a timer comes no other is. */
interface Quiet {
  readonly suppressed: number;
  /** What is too warm since, and nobody was told of; null: nothing. */
  readonly untold: number | null;
}

export type Quiets = Readonly<Partial<Record<AlertKind, Quiet>>>;
type In = IotMessage<'AnomalyDetected' | 'LimitReached' | 'LimitLeft' | 'QuietEnded'>;
type Out = IotMessage<'AlertRaised' | 'AlertCleared' | 'AlertSuppressed'>;

/** Raises one alert of a kind for a sensor in five minutes, and says how many others there were. */
export const throttleStage: Stage<In, Out, Quiets> = {
  name: 'throttle',
  accepts: ['AnomalyDetected', 'LimitReached', 'LimitLeft', 'QuietEnded'],
  state: { initial: () => ({}) },
  handle({ type, data }, { state, at, next, nowMs }) {
    const { sensorId } = data;
    const quiets = state.get();
    const raise = (kind: AlertKind, value: number): Out => {
      state.set({ ...quiets, [kind]: { suppressed: 0, untold: null } });
      at(`${sensorId} ${kind}`, nowMs + rules.quietMs, next(messages.QuietEnded, { sensorId, kind }));
      return next(messages.AlertRaised, { sensorId, kind, value });
    };
    const suppress = (kind: AlertKind, { suppressed }: Quiet, untold: number | null): readonly Out[] => {
      state.set({ ...quiets, [kind]: { suppressed: suppressed + 1, untold } });
      return [];
    };
    if (type === 'AnomalyDetected') {
      const { anomaly } = quiets;
      return anomaly === undefined ? [raise('anomaly', data.value)] : suppress('anomaly', anomaly, null);
    }
    const { too_warm: warm } = quiets;
    if (type === 'LimitReached')
      return warm === undefined ? [raise('too_warm', data.median)] : suppress('too_warm', warm, data.median);
    if (type === 'LimitLeft') {
      if (warm === undefined || warm.untold === null)
        return [next(messages.AlertCleared, { sensorId, kind: 'too_warm', value: data.median })];
      state.set({ ...quiets, too_warm: { ...warm, untold: null } });
      return [];
    }
    const { kind } = data;
    const { suppressed: count = 0, untold = null } = quiets[kind] ?? {};
    const summary = count > 0 ? [next(messages.AlertSuppressed, { sensorId, kind, count })] : [];
    // It is too warm still, and of that nobody has heard.
    if (untold !== null) return [...summary, raise(kind, untold)];
    const { [kind]: _, ...others } = quiets;
    state.set(others);
    return summary;
  },
};

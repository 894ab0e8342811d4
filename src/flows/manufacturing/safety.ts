import type { Stage } from '../../pipeline-runtime/index.ts';
import { type ManufacturingMessage, manufacturingMessages as messages } from './messages.ts';
import { rules } from './rules.ts';

type Measured = ManufacturingMessage<'SubgroupMeasured' | 'TemperatureRead' | 'VibrationRead'>;
type Taken = ManufacturingMessage<
  'GroupTaken' | 'TemperatureTaken' | 'VibrationTaken' | 'MeasurementRejected'
>;

/** Turns away what no sensor can have meant. */
export const validateStage: Stage<Measured, Taken, { readonly rejected: number }> = {
  name: 'validate',
  accepts: ['SubgroupMeasured', 'TemperatureRead', 'VibrationRead'],
  state: { initial: () => ({ rejected: 0 }) },
  handle({ type, data }, { state, next }) {
    const { lineId } = data;
    const reject = (what: string): readonly Taken[] => {
      state.set({ rejected: state.get().rejected + 1 });
      return [next(messages.MeasurementRejected, { lineId, what, reason: 'implausible' })];
    };
    if (type === 'SubgroupMeasured')
      return data.diameters.every((each) => each > 0 && each < 1000)
        ? [next(messages.GroupTaken, data)]
        : reject('diameters');
    if (type === 'TemperatureRead')
      return data.celsius > -50 && data.celsius < 1000
        ? [next(messages.TemperatureTaken, data)]
        : reject('temperature');
    return data.speed >= 0 && data.speed < 1000 ? [next(messages.VibrationTaken, data)] : reject('vibration');
  },
};

export interface Latch {
  readonly isShut: boolean;
  readonly shutdowns: number;
  readonly celsius: number | null;
}

type In = ManufacturingMessage<
  'GroupTaken' | 'TemperatureTaken' | 'SensorSilent' | 'ActuatorFailed' | 'ResetRequested' | 'LotEnded'
>;
type Out = ManufacturingMessage<'GroupPassed' | 'SafetyShutdown' | 'ShutdownReset' | 'ResetRefused'>;

/**
 * Shuts a line down, and keeps it so: when it is too hot, when nobody hears how hot it is, and when it cannot be adjusted. Only a
 * person with the right lets it run again. Between lots nobody is listened for.
 */
export const safetyStage: Stage<In, Out, Latch> = {
  name: 'safety',
  accepts: ['GroupTaken', 'TemperatureTaken', 'SensorSilent', 'ActuatorFailed', 'ResetRequested', 'LotEnded'],
  state: { initial: () => ({ isShut: false, shutdowns: 0, celsius: null }) },
  handle({ type, data, time }, { state, at, cancel, next }) {
    const latch = state.get();
    const { lineId } = data;
    const shut = (
      reason: ManufacturingMessage<'SafetyShutdown'>['data']['reason'],
      value: number | null,
    ): readonly Out[] => {
      const celsius = value ?? latch.celsius;
      if (latch.isShut) {
        state.set({ ...latch, celsius });
        return [];
      }
      state.set({ isShut: true, shutdowns: latch.shutdowns + 1, celsius });
      return [next(messages.SafetyShutdown, { lineId, reason, value })];
    };
    switch (type) {
      case 'GroupTaken':
        return [next(messages.GroupPassed, { ...data, isShut: latch.isShut })];
      case 'TemperatureTaken': {
        at(lineId, Date.parse(time) + rules.silentAfterMs, next(messages.SensorSilent, { lineId }));
        if (data.celsius > rules.hottest) return shut('too_hot', data.celsius);
        state.set({ ...latch, celsius: data.celsius });
        return [];
      }
      case 'SensorSilent':
        return shut('sensor_silent', null);
      case 'ActuatorFailed':
        return shut('actuator_failed', null);
      case 'LotEnded':
        cancel(lineId);
        return [];
      case 'ResetRequested': {
        const { by } = data;
        const reason = whyNot(latch, by);
        if (reason !== undefined) return [next(messages.ResetRefused, { lineId, by, reason })];
        state.set({ ...latch, isShut: false });
        return [next(messages.ShutdownReset, { lineId, by })];
      }
    }
  },
};

function whyNot(
  { isShut, celsius }: Latch,
  by: string,
): 'no_right' | 'not_shut_down' | 'still_too_hot' | undefined {
  if (!rules.mayReset.some((each) => each === by)) return 'no_right';
  if (!isShut) return 'not_shut_down';
  return celsius !== null && celsius > rules.hottest ? 'still_too_hot' : undefined;
}

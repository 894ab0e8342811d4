import { messageOf } from '../../kernel/index.ts';
import type { Stage } from '../../pipeline-runtime/index.ts';
import { type ManufacturingMessage, manufacturingMessages as messages } from './messages.ts';
import { rules } from './rules.ts';

export interface Setting {
  /** By how many millimetres the line is told to bake smaller. */
  readonly offset: number;
}

/**
 * From run to run: each group moves the setting by a part of its error (EWMA), so that a shift fades and noise hardly moves it. In
 * phase I nothing is moved, or the limits would be those of the controller.
 */
export const controlStage: Stage<
  ManufacturingMessage<'GroupCharted'>,
  ManufacturingMessage<'AdjustmentDue'>,
  Setting
> = {
  name: 'control',
  accepts: ['GroupCharted'],
  state: { initial: () => ({ offset: 0 }) },
  handle({ data: { lineId, group, mean, isShut, isPhaseOne } }, { state, next }) {
    if (isShut || isPhaseOne) return [];
    const { offset: from } = state.get();
    const to = from + rules.lambda * (mean - rules.target);
    state.set({ offset: to });
    return [next(messages.AdjustmentDue, { lineId, group, from, to })];
  },
};

/** Whatever sets the line. */
export interface Actuator {
  /**
   * Sets a line's offset, in millimetres; the same again changes nothing.
   * @throws {Error} when it cannot, or only says so.
   */
  set(
    lineId: string,
    offset: number,
    limits: { readonly signal: AbortSignal; wait(ms: number): Promise<void> },
  ): Promise<void>;
}

/** In memory. */
export class MemoryActuator implements Actuator {
  readonly offsets = new Map<string, number>();

  async set(lineId: string, offset: number): Promise<void> {
    this.offsets.set(lineId, offset);
  }
}

type In = ManufacturingMessage<'AdjustmentDue' | 'SafetyShutdown' | 'ShutdownReset'>;
type Out = ManufacturingMessage<'ParameterAdjusted' | 'ActuatorFailed'>;

export interface Actuated {
  readonly isShut: boolean;
  readonly adjusted: number;
  /** By which group it was set last. */
  readonly group: number;
}

/** Sets what was decided, unless the line is shut down by now. What cannot be set is no longer safe. */
export const actuateStage = (actuator: Actuator): Stage<In, Out, Actuated> => ({
  name: 'actuate',
  accepts: ['AdjustmentDue', 'SafetyShutdown', 'ShutdownReset'],
  state: { initial: () => ({ isShut: false, adjusted: 0, group: 0 }) },
  timeoutMs: rules.actuatorTimeoutMs,
  retry: { attempts: 2, baseDelayMs: 100, jitter: false },
  async handle({ type, data }, { state, next, signal, wait }) {
    const before = state.get();
    if (type !== 'AdjustmentDue') {
      state.set({ ...before, isShut: type === 'SafetyShutdown' });
      return [];
    }
    const { lineId, group, from, to } = data;
    // One that is tried again may come behind the next one.
    if (before.isShut || group <= before.group) return [];
    await actuator.set(lineId, to, { signal, wait });
    state.set({ ...before, adjusted: before.adjusted + 1, group });
    return [next(messages.ParameterAdjusted, { lineId, name: 'offset', group, from, to })];
  },
  giveUp: ({ data: { lineId } }, thrown, { next }) => [
    next(messages.ActuatorFailed, { lineId, reason: messageOf(thrown) }),
  ],
});

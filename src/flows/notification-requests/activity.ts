import type { PipelineMessage } from '../../pipeline/index.ts';
import type { Stage } from '../../pipeline-runtime/index.ts';

/** How many events the stages have handled, those that they gave up too, and how many they emitted. */
export interface Activity {
  readonly handled: number;
  readonly emitted: number;
}

type AnyStage = Stage<PipelineMessage, PipelineMessage>;

/** Counts what the stages do for each request, until it is through. */
export class ActivityMeter {
  readonly #byRequest = new Map<string, Activity>();

  /** The same stage, counted. */
  around(stage: AnyStage): AnyStage {
    return {
      ...stage,
      handle: async (message, context) => {
        const emitted = await stage.handle(message, context);
        this.#add(message, emitted.length);
        return emitted;
      },
      giveUp: (message, thrown, context) => {
        const emitted = stage.giveUp?.(message, thrown, context) ?? [];
        this.#add(message, emitted.length);
        return emitted;
      },
    };
  }

  /** What was done for a request, which is forgotten. */
  take(requestId: string): Activity {
    const activity = this.#byRequest.get(requestId) ?? { handled: 0, emitted: 0 };
    this.#byRequest.delete(requestId);
    return activity;
  }

  #add({ data }: PipelineMessage, emitted: number): void {
    if (!('requestId' in data)) return;
    const before = this.#byRequest.get(data.requestId) ?? { handled: 0, emitted: 0 };
    this.#byRequest.set(data.requestId, {
      handled: before.handled + 1,
      emitted: before.emitted + emitted,
    });
  }
}

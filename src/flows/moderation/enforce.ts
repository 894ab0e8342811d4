import type { Stage } from '../../pipeline-runtime/index.ts';
import { type Action, type ModerationMessage, moderationMessages as messages } from './messages.ts';

/** Where readers see what was written. */
export interface Platform {
  /**
   * Shows it, takes it away, or shows it with a warning. The same key again changes nothing.
   * @throws {Error} when it cannot, or only says so.
   */
  enforce(key: string, contentId: string, action: Action): Promise<void>;
}

/** In memory. */
export class MemoryPlatform implements Platform {
  readonly shown = new Map<string, Action>();
  readonly #keys = new Set<string>();
  changes = 0;

  async enforce(key: string, contentId: string, action: Action): Promise<void> {
    if (this.#keys.has(key)) return;
    this.#keys.add(key);
    this.changes++;
    this.shown.set(contentId, action);
  }
}

/** Does what was decided, until it is done. */
export const enforceStage = (
  platform: Platform,
): Stage<ModerationMessage<'DecisionMade'>, ModerationMessage<'ActionEnforced'>> => ({
  name: 'enforce',
  accepts: ['DecisionMade'],
  timeoutMs: 5000,
  retry: { attempts: 1000, baseDelayMs: 1000, jitter: false },
  breaker: { failureThreshold: 5, resetAfterMs: 30_000 },
  async handle({ data }, { next }) {
    const { contentId, action, isAppeal } = data;
    await platform.enforce(`${contentId} ${isAppeal ? 'appeal' : 'first'}`, contentId, action);
    return [next(messages.ActionEnforced, data)];
  },
});

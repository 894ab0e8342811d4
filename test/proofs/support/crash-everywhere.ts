import type { Story } from '../../architectures/stories.ts';
import type { StoryTeller } from './crash-story.ts';
import { amiss, lost } from './outcome.ts';

/** A story told once for each step at which its process can die. */
export interface CrashReport {
  /** How many steps those are. */
  readonly steps: number;
  /** `at step 17: lost order-shipped kim sms sent sent`. */
  readonly lost: readonly string[];
  /** What else was not as it would have been, likewise. */
  readonly amiss: readonly string[];
  /** How many deliveries a provider took twice, as it may, all stories together. */
  readonly doubled: number;
}

export interface CrashOptions {
  /** Only every so-manieth step. Default 1. */
  every?: number;
  /** Only those steps at which a death leaves something else than at the one before. Default false. */
  telling?: boolean;
  /** When the process dies that comes after the first. Left out: it lives. */
  thenAt?: (step: number) => number;
}

/** Lets the process die at every step of a story, and the next one go on. */
export async function crashEverywhere(
  tell: StoryTeller,
  story: Story,
  { every = 1, telling = false, thenAt }: CrashOptions = {},
): Promise<CrashReport> {
  const whole = await tell(story);
  const report = { steps: whole.steps, lost: [] as string[], amiss: [] as string[], doubled: 0 };
  const steps = telling ? whole.tellingSteps : Array.from({ length: whole.steps }, (_, index) => index + 1);
  for (const step of steps.filter((_, index) => index % every === 0)) {
    const crashed = await tell(story, thenAt === undefined ? [step] : [step, thenAt(step)]);
    const at = (words: string): string => `at step ${step}: ${words}`;
    if (crashed.deaths === 0) report.amiss.push(at('nobody died'));
    report.lost.push(...lost(whole, crashed).map((end) => at(`lost ${end}`)));
    report.amiss.push(...amiss(whole, crashed).map(at));
    report.doubled += crashed.doubled.length;
  }
  return report;
}

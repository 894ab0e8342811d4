import type { Said, Told } from './protocol.ts';

/** The line from the shop's process to whoever started it. */
export interface Line {
  say(said: Said): void;
  /** Says a last thing, and ends the process. */
  end(said: Said): void;
  /** From now on each thing that is told is heard, in order. */
  listen(hear: (told: Told) => void): void;
  /** How much was said and told. */
  readonly count: number;
}

/**
 * The line that Node opens to the parent of a process. Without the parent there is nobody to run the shop for, so
 * that the process ends with it.
 * @returns undefined when nobody has opened one.
 */
export function lineToParent(): Line | undefined {
  if (process.send === undefined) return undefined;
  let count = 0;
  process.on('disconnect', () => process.exit());
  return {
    say(said) {
      count++;
      process.send?.(said);
    },
    end(said) {
      process.send?.(said, () => process.disconnect());
    },
    listen(hear) {
      process.on('message', (told) => {
        count++;
        hear(told as Told);
      });
    },
    get count() {
      return count;
    },
  };
}

import type { Cancel, Clock } from '../../kernel/index.ts';
import type { LiveLab } from './live-lab.ts';

/** So often the lab's clock is moved while it plays, milliseconds of real time. */
const tickMs = 250;

/** Moves the lab's clock by itself: so many of its seconds in each real one. */
export class Playing {
  readonly #lab: Pick<LiveLab, 'advance'>;
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #speed = 0;
  #cancel: Cancel | undefined;

  constructor(lab: Pick<LiveLab, 'advance'>, clock: Clock, onChange: () => void) {
    this.#lab = lab;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** 0: it stands still. */
  get speed(): number {
    return this.#speed;
  }

  /** @param speed seconds of the lab in each real one; 0 pauses. */
  play(speed: number): void {
    this.#speed = speed;
    this.#cancel?.();
    this.#cancel = undefined;
    if (speed > 0) this.#next();
    this.#onChange();
  }

  #next(): void {
    this.#cancel = this.#clock.schedule(this.#clock.now() + tickMs, () => {
      // The next tick comes when this one is done: a lab that is busy falls behind, and is not buried.
      void this.#lab.advance(tickMs * this.#speed).then(
        () => this.#speed > 0 && this.#next(),
        () => this.play(0),
      );
    });
  }
}

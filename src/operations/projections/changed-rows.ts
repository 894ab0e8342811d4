import type { Stores } from '../../datastore/index.ts';
import type { Rows } from './projection.ts';

/** Rows as they will be once what was kept is written; what one event changes is kept when it has ended in order. */
export class ChangedRows implements Rows<unknown> {
  readonly #projections: Stores['projections'];
  readonly #build: number;
  readonly #kept = new Map<string, string | undefined>();
  readonly #latest = new Map<string, string | undefined>();

  constructor(projections: Stores['projections'], build: number) {
    this.#projections = projections;
    this.#build = build;
  }

  async get(key: string): Promise<unknown> {
    for (const changed of [this.#latest, this.#kept]) {
      if (changed.has(key)) return parsed(changed.get(key));
    }
    return parsed(await this.#projections.row(this.#build, key));
  }

  set(key: string, value: unknown): void {
    this.#latest.set(key, JSON.stringify(value));
  }

  delete(key: string): void {
    this.#latest.set(key, undefined);
  }

  keep(): void {
    for (const [key, value] of this.#latest) this.#kept.set(key, value);
    this.#latest.clear();
  }

  async write(): Promise<void> {
    await this.#projections.write(this.#build, this.#kept);
  }
}

const parsed = (value: string | undefined): unknown => (value === undefined ? undefined : JSON.parse(value));

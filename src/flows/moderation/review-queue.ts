/** Something that a person has to look at. */
export interface Waiting {
  readonly contentId: string;
  readonly authorId: string;
  readonly severity: number;
  readonly reach: number;
  readonly queuedAtMs: number;
  readonly dueMs: number;
  readonly isOverdue: boolean;
  /** From 1 on, as they came. */
  readonly number: number;
}

/** What is kept under one key: which shelves there are, what stands on one of them, where one content stands, or the latest number. */
export interface Kept {
  /** In the order of the queue, each with what stands first on it. */
  readonly shelves?: readonly { readonly key: string; readonly first: Waiting }[];
  readonly items?: readonly Waiting[];
  readonly waiting?: Waiting;
  readonly latest?: number;
}

interface Cell {
  get(): Kept;
  set(next: Kept): void;
  clear(): void;
}

export const queueKey = 'queue';
const numberKey = 'number';

/** A longer shelf becomes two. */
const longestShelf = 100;

/**
 * The queue in order, on shelves, each kept by itself: what comes or goes costs what stands on one shelf, however many wait.
 */
export class ReviewQueue {
  readonly #shelves: Cell;
  readonly #cellOf: (key: string) => Promise<Cell>;

  constructor(shelves: Cell, cellOf: (key: string) => Promise<Cell>) {
    this.#shelves = shelves;
    this.#cellOf = cellOf;
  }

  get first(): Waiting | undefined {
    return this.#all()[0]?.first;
  }

  async find(contentId: string): Promise<Waiting | undefined> {
    return (await this.#cellOf(contentKey(contentId))).get().waiting;
  }

  /** What waits already, waits on in its place. */
  async add(item: Omit<Waiting, 'number'>): Promise<void> {
    if ((await this.find(item.contentId)) !== undefined) return;
    const numbers = await this.#cellOf(numberKey);
    const number = (numbers.get().latest ?? 0) + 1;
    numbers.set({ latest: number });
    await this.#put({ ...item, number });
  }

  async remove(item: Waiting): Promise<void> {
    (await this.#cellOf(contentKey(item.contentId))).clear();
    const all = this.#all();
    const index = placeOf(item, all, ({ first }) => first) - 1;
    const shelf = all[index];
    if (shelf === undefined) return;
    const cell = await this.#cellOf(shelf.key);
    const items = (cell.get().items ?? []).filter(({ contentId }) => contentId !== item.contentId);
    const [first] = items;
    if (first === undefined) {
      cell.clear();
      this.#shelves.set({ shelves: all.toSpliced(index, 1) });
      return;
    }
    cell.set({ items });
    if (first.number !== shelf.first.number)
      this.#shelves.set({ shelves: all.with(index, { key: shelf.key, first }) });
  }

  /** Whose time is up comes before all others. */
  async markOverdue(item: Waiting): Promise<void> {
    await this.remove(item);
    await this.#put({ ...item, isOverdue: true });
  }

  async #put(item: Waiting): Promise<void> {
    (await this.#cellOf(contentKey(item.contentId))).set({ waiting: item });
    const all = this.#all();
    const index = Math.max(0, placeOf(item, all, ({ first }) => first) - 1);
    const { key } = all[index] ?? { key: shelfKey(item) };
    const cell = await this.#cellOf(key);
    const before = cell.get().items ?? [];
    const items = before.toSpliced(
      placeOf(item, before, (each) => each),
      0,
      item,
    );
    const half = items.length > longestShelf ? items.length >> 1 : items.length;
    const [kept, rest] = [items.slice(0, half), items.slice(half)];
    cell.set({ items: kept });
    const own = { key, first: kept[0] ?? item };
    const [second] = rest;
    if (second === undefined) {
      if (all[index]?.first.number !== own.first.number)
        this.#shelves.set({ shelves: all.toSpliced(index, 1, own) });
      return;
    }
    const next = { key: shelfKey(item), first: second };
    (await this.#cellOf(next.key)).set({ items: rest });
    this.#shelves.set({ shelves: all.toSpliced(index, 1, own, next) });
  }

  #all(): NonNullable<Kept['shelves']> {
    return this.#shelves.get().shelves ?? [];
  }
}

/** What the stage keeps, as one queue. */
export const queueOf = (kept: ReadonlyMap<string, Kept>): readonly Waiting[] =>
  (kept.get(queueKey)?.shelves ?? []).flatMap(({ key }) => kept.get(key)?.items ?? []);

const contentKey = (contentId: string): string => `content ${contentId}`;

/** No two are called so: each item opens one shelf at most while it is not overdue, and one when it is. */
const shelfKey = ({ number, isOverdue }: Waiting): string => `shelf ${number}${isOverdue ? ' overdue' : ''}`;

/** How many stand before it, by halving; it itself among them. */
function placeOf<T>(item: Waiting, among: readonly T[], waitingOf: (each: T) => Waiting): number {
  let low = 0;
  let high = among.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comesBefore(item, waitingOf(among[middle] as T))) high = middle;
    else low = middle + 1;
  }
  return low;
}

function comesBefore(one: Waiting, other: Waiting): boolean {
  if (one.isOverdue !== other.isOverdue) return one.isOverdue;
  const harm = one.severity * one.reach - other.severity * other.reach;
  if (harm !== 0) return harm > 0;
  const laterMs = one.queuedAtMs - other.queuedAtMs;
  return laterMs === 0 ? one.number < other.number : laterMs < 0;
}

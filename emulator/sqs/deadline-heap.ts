// What is due when, soonest first. Unlike a clock's timer, what is called off leaves at once: a queue whose messages are
// deleted long before their visibility timeouts end would else keep a timer of each.

export interface Deadline<Item> {
  readonly item: Item;
  /** Epoch milliseconds. */
  readonly dueMs: number;
  /** Decides between deadlines of one instant: the lower comes first. */
  readonly rank: number;
  /** Its place in the heap; -1 when it is in none. */
  place: number;
}

/** Adding and removing cost the logarithm of what is in it. */
export class DeadlineHeap<Item> {
  #deadlines: Deadline<Item>[] = [];

  get size(): number {
    return this.#deadlines.length;
  }

  get first(): Deadline<Item> | undefined {
    return this.#deadlines[0];
  }

  /** In no order. */
  items(): Item[] {
    return this.#deadlines.map(({ item }) => item);
  }

  add(item: Item, dueMs: number, rank: number): Deadline<Item> {
    const deadline: Deadline<Item> = { item, dueMs, rank, place: -1 };
    this.#deadlines.push(deadline);
    this.#raise(deadline, this.#deadlines.length - 1);
    return deadline;
  }

  /** Without effect when it has left already. */
  remove(deadline: Deadline<Item>): void {
    const { place } = deadline;
    if (this.#deadlines[place] !== deadline) return;
    deadline.place = -1;
    const last = this.#deadlines.pop();
    if (last === undefined || last === deadline) return;
    this.#sink(last, place);
    this.#raise(last, last.place);
  }

  clear(): void {
    for (const deadline of this.#deadlines) deadline.place = -1;
    this.#deadlines = [];
  }

  #raise(deadline: Deadline<Item>, from: number): void {
    let place = from;
    while (place > 0) {
      const parentPlace = (place - 1) >> 1;
      const parent = this.#deadlines[parentPlace];
      if (parent === undefined || !isBefore(deadline, parent)) break;
      this.#put(parent, place);
      place = parentPlace;
    }
    this.#put(deadline, place);
  }

  #sink(deadline: Deadline<Item>, from: number): void {
    let place = from;
    for (;;) {
      const left = this.#deadlines[2 * place + 1];
      const right = this.#deadlines[2 * place + 2];
      const child = left && right && isBefore(right, left) ? right : left;
      if (child === undefined || !isBefore(child, deadline)) break;
      const childPlace = child.place;
      this.#put(child, place);
      place = childPlace;
    }
    this.#put(deadline, place);
  }

  #put(deadline: Deadline<Item>, place: number): void {
    this.#deadlines[place] = deadline;
    deadline.place = place;
  }
}

function isBefore<Item>(a: Deadline<Item>, b: Deadline<Item>): boolean {
  return a.dueMs === b.dueMs ? a.rank < b.rank : a.dueMs < b.dueMs;
}

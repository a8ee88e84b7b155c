// All messages of a queue by their number, oldest first. Numbers grow by one, so that an array of arrays does: smaller and
// faster than a Map, and what has left its front costs nothing.

const CHUNK_MESSAGES = 1024;

interface Chunk<Message> {
  readonly messages: (Message | undefined)[];
  count: number;
  /** Nothing stands before this place. */
  start: number;
}

export class MessageStore<Message> {
  #chunks: (Chunk<Message> | undefined)[] = [];
  /** How many chunks have left the front for good. */
  #chunksLeft = 0;
  #nextNumber = 0;

  /** The number that the next message gets. */
  get nextNumber(): number {
    return this.#nextNumber;
  }

  add(message: Message): void {
    const number = this.#nextNumber++;
    const place = Math.floor(number / CHUNK_MESSAGES) - this.#chunksLeft;
    let chunk = this.#chunks[place];
    if (!chunk) {
      chunk = { messages: [], count: 0, start: 0 };
      this.#chunks[place] = chunk;
      this.#trim();
    }
    chunk.messages[number % CHUNK_MESSAGES] = message;
    chunk.count++;
  }

  get(number: number): Message | undefined {
    const chunk = this.#chunks[Math.floor(number / CHUNK_MESSAGES) - this.#chunksLeft];
    return chunk?.messages[number % CHUNK_MESSAGES];
  }

  delete(number: number): void {
    const place = Math.floor(number / CHUNK_MESSAGES) - this.#chunksLeft;
    const chunk = this.#chunks[place];
    if (chunk?.messages[number % CHUNK_MESSAGES] === undefined) return;
    chunk.messages[number % CHUNK_MESSAGES] = undefined;
    chunk.count--;
    const isBeingFilled = place === this.#chunks.length - 1;
    if (chunk.count > 0 || isBeingFilled) return;
    this.#chunks[place] = undefined;
    this.#trim();
  }

  findOldest(): Message | undefined {
    const chunk = this.#chunks[0];
    if (!chunk || chunk.count === 0) return undefined;
    while (chunk.messages[chunk.start] === undefined) chunk.start++;
    return chunk.messages[chunk.start];
  }

  clear(): void {
    this.#chunks = [];
    this.#chunksLeft = Math.floor(this.#nextNumber / CHUNK_MESSAGES);
  }

  /** Lets go of empty chunks at the front, but for the one that is being filled. */
  #trim(): void {
    const isEmpty = (chunk: Chunk<Message> | undefined) => chunk === undefined || chunk.count === 0;
    let empty = 0;
    while (empty < this.#chunks.length - 1 && isEmpty(this.#chunks[empty])) empty++;
    if (empty === 0) return;
    this.#chunks.splice(0, empty);
    this.#chunksLeft += empty;
  }
}

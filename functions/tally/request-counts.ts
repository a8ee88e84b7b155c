// How many messages came of each request and what is known of it, without the request ids themselves: a million of them take some 25 MB, not hundreds.

const SLOTS_MIN = 64;
/** Of the slots that may be taken: beyond it, looking for one takes long. */
const LOAD_MAX = 0.7;

/** Flags of a request are below this. */
const FLAGS = 4;

/** 64 bits that stand for a request id: of a million ids at a time, any two share them once in some 40 million times. */
export interface RequestHash {
  readonly high: number;
  readonly low: number;
}

/** Two streams of multiplications, mixed as MurmurHash3 mixes its last step. */
export function hashRequestId(requestId: string): RequestHash {
  let high = 0x9747b28c;
  let low = 0x3c6ef372;
  for (let index = 0; index < requestId.length; index++) {
    const code = requestId.charCodeAt(index);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
    high ^= high >>> 15;
    low ^= low >>> 13;
  }
  return { high: mix(high ^ low), low: mix(low) };
}

function mix(bits: number): number {
  let mixed = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

export interface AddedMessage {
  /** Of the request, this one included. */
  readonly messages: number;
  /** Those that did not hold of it before. */
  readonly newFlags: number;
}

/** Open addressing with linear probing: 12 bytes a slot, doubled when it is full. */
export class RequestCounts {
  #highs = new Uint32Array(SLOTS_MIN);
  #lows = new Uint32Array(SLOTS_MIN);
  /** Times `FLAGS`, plus the request's flags; 0 where the slot is free. */
  #messages = new Uint32Array(SLOTS_MIN);
  #size = 0;

  has(hash: RequestHash): boolean {
    return this.#messages[this.#findSlot(hash)] !== 0;
  }

  /** One message more. `flags`, below `FLAGS`, are bits that hold of the request from now on. */
  add(hash: RequestHash, flags = 0): AddedMessage {
    const slot = this.#findSlot(hash);
    const before = this.#messages[slot] ?? 0;
    this.#highs[slot] = hash.high;
    this.#lows[slot] = hash.low;
    this.#messages[slot] = (before | flags) + FLAGS;
    if (before === 0 && ++this.#size > this.#messages.length * LOAD_MAX) this.#grow();
    return { messages: Math.floor(before / FLAGS) + 1, newFlags: flags & ~before };
  }

  /** Messages of each request, in no order. */
  *values(): Generator<number> {
    for (const messages of this.#messages) if (messages > 0) yield Math.floor(messages / FLAGS);
  }

  /** The request's, or the free one that it would take. */
  #findSlot({ high, low }: RequestHash): number {
    const mask = this.#messages.length - 1;
    let slot = low & mask;
    while (this.#messages[slot] !== 0 && (this.#lows[slot] !== low || this.#highs[slot] !== high)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const [highs, lows, messages] = [this.#highs, this.#lows, this.#messages];
    this.#highs = new Uint32Array(2 * highs.length);
    this.#lows = new Uint32Array(2 * lows.length);
    this.#messages = new Uint32Array(2 * messages.length);
    for (let index = 0; index < messages.length; index++) {
      const count = messages[index] ?? 0;
      if (count === 0) continue;
      const hash = { high: highs[index] ?? 0, low: lows[index] ?? 0 };
      const slot = this.#findSlot(hash);
      this.#highs[slot] = hash.high;
      this.#lows[slot] = hash.low;
      this.#messages[slot] = count;
    }
  }
}

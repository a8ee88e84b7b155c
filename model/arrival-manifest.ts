// What an arrival object holds, told by its own name: counting and timing a run then takes listings only, and no read of an object.

/** What a consumer knows of each message that it stores. */
export interface DeliveredMessage {
  readonly sequence: number;
  /** When the service says it took the message, epoch milliseconds; absent where it does not say. */
  readonly acceptedAtMs?: number;
}

/** All that a report needs of an object whose name also tells the instant and the request. */
export interface ArrivalManifest {
  readonly coldStart: boolean;
  /** 0 unless `coldStart`. */
  readonly initMs: number;
  /** In the order of the object's lines. */
  readonly deliveries: readonly DeliveredMessage[];
}

/**
 * Longer ones are left out of the name: a key has at most 1,024 bytes
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html), of which prefix, instant and request take up to 200. So an object
 * without a manifest holds some 150 messages or more, and reading it costs little for each of them.
 */
export const MANIFEST_CHARACTERS_MAX = 800;

const COLD_START_FLAG = 1;
const ACCEPTED_FLAG = 2;

/**
 * Base64url of unsigned LEB128 numbers: flags, the initialisation's milliseconds if cold, how far each sequence is from the one that would follow the
 * one before it, and each accepted instant's difference from the one before it (the first: from `receivedAtMs`); differences in zigzag.
 * Undefined when it would be longer than a name has room for.
 */
export function encodeManifest(
  { coldStart, initMs, deliveries }: ArrivalManifest,
  receivedAtMs: number,
): string | undefined {
  const isAcceptedKnown = deliveries.every(({ acceptedAtMs }) => acceptedAtMs !== undefined);
  const bytes: number[] = [];
  pushNumber(bytes, (coldStart ? COLD_START_FLAG : 0) | (isAcceptedKnown ? ACCEPTED_FLAG : 0));
  if (coldStart) pushNumber(bytes, initMs);
  let expected = 0;
  for (const { sequence } of deliveries) {
    pushNumber(bytes, zigzag(sequence - expected));
    expected = sequence + 1;
  }
  let beforeMs = receivedAtMs;
  for (const { acceptedAtMs } of isAcceptedKnown ? deliveries : []) {
    pushNumber(bytes, zigzag((acceptedAtMs ?? 0) - beforeMs));
    beforeMs = acceptedAtMs ?? 0;
  }
  const text = Buffer.from(bytes).toString('base64url');
  return text.length > MANIFEST_CHARACTERS_MAX ? undefined : text;
}

/** Undefined when `text` is no manifest of `messages` messages. */
export function decodeManifest(text: string, messages: number, receivedAtMs: number): ArrivalManifest | undefined {
  const reader = new NumberReader(Buffer.from(text, 'base64url'));
  const flags = reader.next();
  const coldStart = (flags & COLD_START_FLAG) !== 0;
  const initMs = coldStart ? reader.next() : 0;
  const sequences: number[] = [];
  let expected = 0;
  for (let index = 0; index < messages && !reader.isBroken; index++) {
    const sequence = expected + unzigzag(reader.next());
    sequences.push(sequence);
    expected = sequence + 1;
  }
  if ((flags & ACCEPTED_FLAG) === 0)
    return reader.isAtEnd ? { coldStart, initMs, deliveries: sequences.map((sequence) => ({ sequence })) } : undefined;
  let beforeMs = receivedAtMs;
  const deliveries = sequences.map((sequence) => {
    beforeMs += unzigzag(reader.next());
    return { sequence, acceptedAtMs: beforeMs };
  });
  return reader.isAtEnd ? { coldStart, initMs, deliveries } : undefined;
}

/** Numbers may exceed 32 bits, so no shifts. */
function pushNumber(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
}

class NumberReader {
  readonly #bytes: Uint8Array;
  #position = 0;
  #isBroken = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** 0 past the end, which `isBroken` then tells. */
  next(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = this.#bytes[this.#position++];
      if (byte === undefined) {
        this.#isBroken = true;
        return 0;
      }
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  get isBroken(): boolean {
    return this.#isBroken;
  }

  get isAtEnd(): boolean {
    return !this.#isBroken && this.#position === this.#bytes.length;
  }
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

// Seeded randomness. Each user names its own stream, so that a new one does not shift what the others draw.

import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, bound). */
  integer(bound: number): number;
  /** A version 4 UUID drawn from this stream. */
  uuid(): string;
  /** `length` characters drawn from `alphabet`. */
  text(length: number, alphabet: string): string;
  bytes(length: number): Buffer;
}

/** A word has 32 bits. */
const WORD_VALUES = 0x1_0000_0000;

/** The stream called `name` under `seed`: the same pair always draws the same numbers. */
export function createRandom(seed: number, name: string): Random {
  const generator = xoroshiro128plus(hash32(`${seed}/${name}`));
  const word = () => generator.next() >>> 0;
  const next = () => word() / WORD_VALUES;
  const octets = Buffer.allocUnsafe(16);
  const integer = (bound: number) => Math.floor(next() * bound);
  return {
    next,
    integer,
    bytes(length) {
      const words = Buffer.allocUnsafe(Math.ceil(length / 4) * 4);
      for (let offset = 0; offset < words.length; offset += 4) words.writeUInt32LE(word(), offset);
      return words.subarray(0, length);
    },
    text: (length, alphabet) => Array.from({ length }, () => alphabet.charAt(integer(alphabet.length))).join(''),
    uuid() {
      octets.writeUInt32BE(word(), 0);
      octets.writeUInt32BE(((word() & 0xffff_0fff) | 0x4000) >>> 0, 4);
      octets.writeUInt32BE(((word() & 0x3fff_ffff) | 0x8000_0000) >>> 0, 8);
      octets.writeUInt32BE(word(), 12);
      const hex = octets.toString('hex');
      // Joined, as a template would keep each part: five times the memory for as long as the identifier lives.
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
    },
  };
}

/** FNV-1a, 32 bits: spreads a name over the generator's seed space. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash | 0;
}

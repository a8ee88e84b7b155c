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

/** The stream called `name` under `seed`: the same pair always draws the same numbers. */
export function createRandom(seed: number, name: string): Random {
  const generator = xoroshiro128plus(hash32(`${seed}/${name}`));
  const next = () => (generator.next() >>> 0) / 0x1_0000_0000;
  const integer = (bound: number) => Math.floor(next() * bound);
  const bytes = (length: number) => Buffer.from(Array.from({ length }, () => integer(256)));
  return {
    next,
    integer,
    bytes,
    text: (length, alphabet) => Array.from({ length }, () => alphabet.charAt(integer(alphabet.length))).join(''),
    uuid() {
      const octets = bytes(16);
      octets.writeUInt8((octets.readUInt8(6) & 0x0f) | 0x40, 6);
      octets.writeUInt8((octets.readUInt8(8) & 0x3f) | 0x80, 8);
      return octets.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
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

// Which messages of a trial were seen: a bit each, so that ten million take little more than a megabyte.

export class SequenceSet {
  #words = new Uint32Array(1024);
  #size = 0;

  /** `sequence` must be a whole number, 0 or more. Gives whether it is new. */
  add(sequence: number): boolean {
    const index = Math.floor(sequence / 32);
    if (index >= this.#words.length) this.#grow(index);
    const bit = 1 << (sequence % 32);
    const word = this.#words[index] ?? 0;
    if ((word & bit) !== 0) return false;
    this.#words[index] = word | bit;
    this.#size++;
    return true;
  }

  #grow(index: number): void {
    const grown = new Uint32Array(2 ** Math.ceil(Math.log2(index + 1)));
    grown.set(this.#words);
    this.#words = grown;
  }

  get size(): number {
    return this.#size;
  }
}

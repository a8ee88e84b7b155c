// Work that a function hands to the host's threads. It takes real time and no virtual time: until it is done, the clock
// has to stand still, or what comes first would depend on the host.

export class HostWork {
  #underWay = 0;
  #last: Promise<unknown> = Promise.resolve();

  get isUnderWay(): boolean {
    return this.#underWay > 0;
  }

  /** One after the other, so that they end in the order in which they were asked for. */
  run<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay++;
    const done = this.#last.then(work).finally(() => {
      this.#underWay--;
    });
    this.#last = done.catch(() => {});
    return done;
  }
}

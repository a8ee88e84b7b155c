// Messages in the order in which they became visible. Adding and taking cost the same however long the line is; a JavaScript
// Map would not do, as it walks over what was removed from its front.

const COMPACTED_FROM = 1024;

export class MessageLine<Message> {
  #messages: (Message | undefined)[] = [];
  #head = 0;

  add(message: Message): void {
    this.#messages.push(message);
  }

  get first(): Message | undefined {
    return this.#messages[this.#head];
  }

  /** The first message, which leaves the line. */
  takeFirst(): Message | undefined {
    if (this.#head === this.#messages.length) return undefined;
    const message = this.#messages[this.#head];
    // The line must not keep alive what has left it.
    this.#messages[this.#head++] = undefined;
    if (this.#head >= COMPACTED_FROM && this.#head * 2 >= this.#messages.length) {
      this.#messages = this.#messages.slice(this.#head);
      this.#head = 0;
    }
    return message;
  }

  clear(): void {
    this.#messages = [];
    this.#head = 0;
  }
}

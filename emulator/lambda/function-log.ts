// What functions printed, and the errors that they ended with.

/** Lines kept of each function's output. */
const LINES_MAX = 1000;

export type LogListener = (functionName: string, text: string) => void;

export class FunctionLog {
  readonly #lines = new Map<string, string[]>();
  readonly #listeners: LogListener[] = [];

  add(functionName: string, text: string): void {
    const lines = this.#lines.get(functionName) ?? [];
    lines.push(text);
    if (lines.length > LINES_MAX) lines.shift();
    this.#lines.set(functionName, lines);
    for (const listener of this.#listeners) listener(functionName, text);
  }

  read(functionName: string): readonly string[] {
    return this.#lines.get(functionName) ?? [];
  }

  onLine(listener: LogListener): void {
    this.#listeners.push(listener);
  }
}

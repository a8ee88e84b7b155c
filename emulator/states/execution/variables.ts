// Workflow variables and their scopes: https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html

import type { JsonValue } from '../expressions/json-value.ts';
import { PAYLOAD_BYTES_MAX, type Payload } from '../expressions/payload.ts';

/** All variables of one execution together. */
const EXECUTION_BYTES_MAX = 10 * 1024 * 1024;

/** One scope: those of a workflow, with the scopes around it to read. */
export class Variables {
  readonly #values = new Map<string, { value: JsonValue; byteLength: number }>();
  readonly #outer: Variables | undefined;
  readonly #usage: { bytes: number };

  constructor(outer?: Variables) {
    this.#outer = outer;
    this.#usage = outer ? outer.#usage : { bytes: 0 };
  }

  lookup(name: string): JsonValue | undefined {
    const own = this.#values.get(name);
    return own ? own.value : this.#outer?.lookup(name);
  }

  /** What stands in the way of assigning these, or null. */
  explainRefusal(assigned: ReadonlyMap<string, Payload>): string | null {
    let added = 0;
    for (const [name, payload] of assigned) {
      if (payload.byteLength > PAYLOAD_BYTES_MAX) {
        return `The variable '${name}' would hold ${payload.byteLength} bytes; a variable holds at most ${PAYLOAD_BYTES_MAX}.`;
      }
      added += payload.byteLength - (this.#values.get(name)?.byteLength ?? 0);
    }
    const bytes = this.#usage.bytes + added;
    return bytes > EXECUTION_BYTES_MAX
      ? `The execution's variables would hold ${bytes} bytes; together they hold at most ${EXECUTION_BYTES_MAX}.`
      : null;
  }

  assign(assigned: ReadonlyMap<string, Payload>): void {
    for (const [name, payload] of assigned) {
      const byteLength = payload.byteLength;
      this.#usage.bytes += byteLength - (this.#values.get(name)?.byteLength ?? 0);
      this.#values.set(name, { value: payload.value, byteLength });
    }
  }

  /** Gives the scope's share back when its workflow has ended. */
  release(): void {
    for (const { byteLength } of this.#values.values()) this.#usage.bytes -= byteLength;
    this.#values.clear();
  }
}

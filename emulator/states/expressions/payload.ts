// A JSON value together with its text, which history and size limits need; each is made once.

import { type JsonValue, parseJsonValue } from './json-value.ts';

/**
 * Bytes of UTF-8 that a state's input or output, a task's result and a variable may hold.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const PAYLOAD_BYTES_MAX = 262_144;

export class Payload {
  readonly value: JsonValue;
  #text: string | undefined;

  constructor(value: JsonValue, text?: string) {
    this.value = value;
    this.#text = text;
  }

  get text(): string {
    this.#text ??= JSON.stringify(this.value);
    return this.#text;
  }

  get isTooLarge(): boolean {
    return this.text.length > PAYLOAD_BYTES_MAX || this.byteLength > PAYLOAD_BYTES_MAX;
  }

  get byteLength(): number {
    return Buffer.byteLength(this.text);
  }
}

/** @throws {SyntaxError} when the text is not JSON. */
export function parsePayload(text: string): Payload {
  return new Payload(parseJsonValue(JSON.parse(text)), text);
}

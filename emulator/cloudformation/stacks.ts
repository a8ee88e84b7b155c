// The account's stacks, those that were deleted too: they can still be described by their id.

import { AwsError } from '../kernel/errors.ts';
import type { Stack } from './stack.ts';

export class Stacks {
  /** In the order of their creation. */
  readonly #byId = new Map<string, Stack>();

  add(stack: Stack): void {
    this.#byId.set(stack.id, stack);
  }

  /** Newest first, as the API lists them. */
  list(): Stack[] {
    return [...this.#byId.values()].reverse();
  }

  /** By its name, while it is there, or by its id. */
  find(nameOrId: string): Stack | undefined {
    return this.#byId.get(nameOrId) ?? this.list().find(({ name, isDeleted }) => name === nameOrId && !isDeleted);
  }

  /** @throws {AwsError} `ValidationError`. */
  get(nameOrId: string): Stack {
    const stack = this.find(nameOrId);
    if (stack) return stack;
    throw new AwsError('ValidationError', `Stack with id ${nameOrId} does not exist`);
  }

  /** The stack that exports under this name, and the value. */
  findExport(name: string): { readonly stack: Stack; readonly value: string } | undefined {
    for (const stack of this.#byId.values()) {
      const output = stack.isDeleted ? undefined : stack.outputs.find(({ exportName }) => exportName === name);
      if (output) return { stack, value: output.value };
    }
    return undefined;
  }

  listImporters(exportName: string): Stack[] {
    return this.list().filter(({ imports, isDeleted }) => !isDeleted && imports.has(exportName));
  }
}

// From the arguments of the process to its exit code.

import { type Command, CommanderError } from 'commander';
import { EXIT_BAD_INPUT, EXIT_GOOD } from './exit-codes.ts';
import { explainError } from './explain-error.ts';

/** Leaves the exit code to the command that ran; an error is explained on standard error, and sets it. */
export async function runProgram(program: Command): Promise<void> {
  overrideExit(program);
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = error instanceof CommanderError ? exitCodeOf(error) : explainError(error, process.stderr);
  }
}

/** Commander throws instead of leaving the process with a code of its own. */
function overrideExit(command: Command): void {
  command.exitOverride();
  for (const inner of command.commands) overrideExit(inner);
}

/** Commander has already said what is wrong; asking for help is not an error. */
function exitCodeOf(error: CommanderError): number {
  return error.exitCode === 0 ? EXIT_GOOD : EXIT_BAD_INPUT;
}

// The execution input's fields as flags: one per field, in kebab case, made from the input's own table.

import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { INPUT_FIELDS } from '../../model/input-fields.ts';

/** Thrown when the file given with --input cannot be read as a JSON object. */
class InputFileError extends Error {
  override name = 'InputFileError';
}

/** Fields that hold several values: `--batch-sizes 1,10,100`. */
const LIST_FIELDS: ReadonlySet<string> = new Set(['batchSizes', 'services']);
/** Fields that hold a JSON object: `--thresholds '{"lostMessages":0}'`. */
const OBJECT_FIELDS: ReadonlySet<string> = new Set(['thresholds']);
/** Fields whose text must not be taken for a number, even if it looks like one. */
const TEXT_FIELDS: ReadonlySet<string> = new Set(['label']);

export function addInputOptions(command: Command): Command {
  command.option('--input <file>', 'JSON file with input fields; flags come on top');
  for (const field of INPUT_FIELDS) {
    const value = OBJECT_FIELDS.has(field.name) ? 'json' : LIST_FIELDS.has(field.name) ? 'list' : 'value';
    const option = new Option(
      `--${toFlagName(field.name)} <${value}>`,
      `${field.meaning} (${field.range}; default ${field.default})`,
    );
    command.addOption(option);
  }
  return command;
}

/**
 * The raw input that the flags and the file amount to, not yet checked: what is no number stays text, so that the input's
 * own parser can report it with all the other problems.
 * @throws {InputFileError}
 */
export async function parseInputOptions(command: Command): Promise<Record<string, unknown>> {
  const options = command.opts<Record<string, string>>();
  const rawInput = options.input === undefined ? {} : await loadInputFile(options.input);
  for (const { name } of INPUT_FIELDS) {
    const text = options[name];
    if (text !== undefined) rawInput[name] = parseFlag(name, text);
  }
  return rawInput;
}

export function toFlagName(fieldName: string): string {
  return fieldName.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function parseFlag(name: string, text: string): unknown {
  if (TEXT_FIELDS.has(name)) return text;
  if (LIST_FIELDS.has(name)) return text.split(',').map((item) => parseScalar(item.trim()));
  if (OBJECT_FIELDS.has(name)) return parseJson(text) ?? text;
  return parseScalar(text);
}

function parseScalar(text: string): string | number {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function loadInputFile(path: string): Promise<Record<string, unknown>> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new InputFileError(`--input ${path} cannot be read: ${cause.message}`, { cause });
  });
  const value = parseJson(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new InputFileError(`--input ${path} must hold a JSON object such as {"batchSizes":[1,10,100]}`);
}

// From the content of an S3 object to the items of a Map.
// https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html

import { UnsupportedFeatureError } from '../../kernel/errors.ts';
import type { ItemFormat } from '../definition/definition.ts';
import { StateError } from '../execution/state-error.ts';
import { isJsonArray, isJsonObject, type JsonValue, parseJsonValue } from '../expressions/json-value.ts';
import { nameFields, parseCsv } from './parse-csv.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/example-csv-parse-dist-map.html */
const HEADER_BYTES_MAX = 10 * 1024;

/**
 * @throws {StateError} `States.ItemReaderFailed` when the content is not of the format.
 * @throws {UnsupportedFeatureError} for a JSON object in the place of an array.
 */
export function parseItems(text: string, format: ItemFormat): readonly JsonValue[] {
  switch (format.type) {
    case 'JSON':
      return findItems(parseJson(text), format.pointer);
    case 'JSONL':
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(parseJson);
    case 'CSV': {
      const rows = parseCsv(text, format.delimiter);
      const headers = format.headers ?? rows.shift() ?? [];
      if (Buffer.byteLength(headers.join(format.delimiter)) > HEADER_BYTES_MAX) {
        throw failReader(`The CSV header is larger than ${HEADER_BYTES_MAX} bytes.`);
      }
      if (new Set(headers).size < headers.length) throw failReader('CSV headers cannot contain duplicates.');
      return nameFields(rows, headers);
    }
  }
}

export function failReader(cause: string): StateError {
  return new StateError('States.ItemReaderFailed', cause);
}

function parseJson(text: string): JsonValue {
  try {
    return parseJsonValue(JSON.parse(text));
  } catch (error) {
    throw failReader(`The content is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** RFC 6901. */
function findItems(root: JsonValue, pointer: string): readonly JsonValue[] {
  let value: JsonValue | undefined = root;
  for (const token of pointer.split('/').slice(1)) {
    const name: string = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (isJsonArray(value)) value = value[Number(name)];
    else value = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  if (isJsonArray(value)) return value;
  if (isJsonObject(value)) throw new UnsupportedFeatureError('ItemReader', 'a Map over an object');
  throw failReader(`There is no array of items at the pointer '${pointer}'.`);
}

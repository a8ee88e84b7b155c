// What travels between states: JSON and nothing else.

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue;
}

class NotJsonError extends Error {
  override name = 'NotJsonError';
}

/**
 * The value without what JSONata leaves on its results (marks on arrays, members without a value). A value that is clean
 * already is given back as it is, not copied.
 * @throws {NotJsonError} when it holds a function or a number that JSON cannot hold.
 */
export function parseJsonValue(value: unknown): JsonValue {
  return isPlainJson(value) ? value : copyAsJson(value);
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** As Step Functions' error messages name it. */
export function describeJsonType(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

/** JSONata marks arrays that it made; a marked array would be flattened differently when an expression reads it again. */
const ARRAY_MARKS = ['sequence', 'cons', 'keepSingleton', 'outerWrapper', 'tupleStream'];

function isPlainJson(value: unknown): value is JsonValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      if (value === null) return true;
      if (Array.isArray(value))
        return !ARRAY_MARKS.some((mark) => Object.hasOwn(value, mark)) && value.every(isPlainJson);
      return Object.values(value).every(isPlainJson);
    default:
      return false;
  }
}

function copyAsJson(value: unknown): JsonValue {
  if (isPlainJson(value)) return value;
  if (Array.isArray(value)) return value.map(copyAsJson);
  if (typeof value === 'object' && value !== null && !('_jsonata_lambda' in value) && !('_jsonata_function' in value)) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(members.map(([key, member]) => [key, copyAsJson(member)]));
  }
  throw new NotJsonError(
    typeof value === 'number' ? `${value} is not a JSON number` : 'a function is not a JSON value',
  );
}

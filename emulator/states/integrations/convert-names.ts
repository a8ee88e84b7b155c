// Arguments and results of SDK integrations, between Step Functions' spelling and the wire's.

import { isJsonArray, isJsonObject, type JsonValue, parseJsonValue } from '../expressions/json-value.ts';
import type { SdkShape } from './sdk-shapes.ts';

/** The input of a gateway call: wire names, blobs as the gateway wants them. */
export function renderWireInput(value: JsonValue, shape: SdkShape): unknown {
  if (isJsonArray(value)) return value.map((element) => renderWireInput(element, shape));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      shape.renamed[name] ?? renderWireName(name, shape),
      shape.blobs[name] ? renderBlob(member, shape.blobs[name]) : renderWireInput(member, shape),
    ]),
  );
}

/** A task's result: Step Functions' names, timestamps in ISO 8601, binary data as text. */
export function renderSdkOutput(output: unknown, shape: SdkShape): JsonValue {
  const sdkNames = new Map(Object.entries(shape.renamed).map(([sdkName, wireName]) => [wireName, sdkName]));
  return parseJsonValue(convertOutput(output ?? {}, shape, sdkNames));
}

function convertOutput(value: unknown, shape: SdkShape, sdkNames: ReadonlyMap<string, string>): unknown {
  if (Buffer.isBuffer(value)) return value.toString('utf8');
  if (Array.isArray(value)) return value.map((element) => convertOutput(element, shape, sdkNames));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      sdkNames.get(name) ?? renderSdkName(name, shape),
      shape.timestamps.includes(name) ? renderTimestamp(member) : convertMember(name, member, shape, sdkNames),
    ]),
  );
}

function convertMember(name: string, member: unknown, shape: SdkShape, sdkNames: ReadonlyMap<string, string>): unknown {
  if (shape.blobs[name] === 'base64' && typeof member === 'string') {
    return Buffer.from(member, 'base64').toString('utf8');
  }
  return convertOutput(member, shape, sdkNames);
}

function renderWireName(name: string, shape: SdkShape): string {
  return shape.wireCase === 'PascalCase' ? name : `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

function renderSdkName(name: string, shape: SdkShape): string {
  return shape.wireCase === 'PascalCase' ? name : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** A string is its own bytes, anything else is stored as its JSON. */
function renderBlob(value: JsonValue, form: 'buffer' | 'base64'): unknown {
  const bytes = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  return form === 'buffer' ? bytes : bytes.toString('base64');
}

function renderTimestamp(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renderTimestamp);
  return typeof value === 'number' ? new Date(value * 1000).toISOString() : value;
}

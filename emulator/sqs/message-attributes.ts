// What senders attach to a message:
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html

import { hash } from 'node:crypto';
import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { createInvalidParameter } from './sqs-errors.ts';
import type { MessageAttributes, MessageAttributeValue } from './stored-message.ts';

const ATTRIBUTES_MAX = 10;
const NAME_LENGTH_MAX = 256;
const TYPE_LENGTH_MAX = 256;
const TRANSPORT_TEXT = 1;
const TRANSPORT_BINARY = 2;

export const messageAttributesSchema = z.record(
  z.string(),
  z.strictObject({
    DataType: z.string().optional(),
    StringValue: z.string().optional(),
    BinaryValue: z.string().optional(),
    StringListValues: z.array(z.string()).optional(),
    BinaryListValues: z.array(z.string()).optional(),
  }),
);

type GivenAttributes = z.output<typeof messageAttributesSchema>;
type GivenValue = GivenAttributes[string];

/**
 * Undefined when there are none.
 * @throws {AwsError} `InvalidParameterValueException`, `UnsupportedOperation` for list values.
 */
export function parseMessageAttributes(given: GivenAttributes | undefined): MessageAttributes | undefined {
  const entries = Object.entries(given ?? {});
  if (entries.length === 0) return undefined;
  if (entries.length > ATTRIBUTES_MAX) {
    throw createInvalidParameter(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${ATTRIBUTES_MAX}].`,
    );
  }
  return Object.fromEntries(
    entries.map(([name, value]) => {
      assertName(name);
      return [name, parseValue(name, value)];
    }),
  );
}

/**
 * `AWSTraceHeader`, the only system attribute that a sender can set.
 * @throws {AwsError} `InvalidParameterValueException`.
 */
export function parseTraceHeader(given: GivenAttributes | undefined): string | undefined {
  for (const [name, { DataType, StringValue }] of Object.entries(given ?? {})) {
    if (name !== 'AWSTraceHeader') throw createInvalidParameter(`Message system attribute name '${name}' is invalid.`);
    if (DataType !== 'String' || !StringValue) {
      throw createInvalidParameter("The message system attribute 'AWSTraceHeader' must be a non-empty String.");
    }
  }
  return given?.AWSTraceHeader?.StringValue;
}

/** Names, types and values count for a message's size; system attributes do not. */
export function computeAttributesBytes(attributes: GivenAttributes | undefined): number {
  let bytes = 0;
  for (const name in attributes) {
    const { DataType = '', StringValue = '', BinaryValue = '' } = attributes[name] ?? {};
    bytes += Buffer.byteLength(name) + Buffer.byteLength(DataType);
    bytes += Buffer.byteLength(StringValue) + Buffer.byteLength(BinaryValue, 'base64');
  }
  return bytes;
}

/**
 * The digest by which SDKs tell that attributes arrived whole.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
 */
export function computeAttributesMd5(attributes: MessageAttributes): string {
  const parts = Object.keys(attributes)
    .sort()
    .flatMap((name) => {
      const { DataType, StringValue, BinaryValue } = attributes[name] ?? { DataType: '' };
      const isBinary = BinaryValue !== undefined;
      return [
        ...withLength(Buffer.from(name)),
        ...withLength(Buffer.from(DataType)),
        Buffer.of(isBinary ? TRANSPORT_BINARY : TRANSPORT_TEXT),
        ...withLength(isBinary ? Buffer.from(BinaryValue, 'base64') : Buffer.from(StringValue ?? '')),
      ];
    });
  return hash('md5', Buffer.concat(parts));
}

/** Those that `wanted` names: `All`, a name, or a prefix with `.*` behind it. Undefined when there are none. */
export function chooseAttributes(
  attributes: MessageAttributes | undefined,
  wanted: readonly string[],
): MessageAttributes | undefined {
  if (!attributes || wanted.length === 0) return undefined;
  const isWanted = (name: string) =>
    wanted.some((pattern) => {
      if (pattern === 'All' || pattern === name) return true;
      return pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2));
    });
  const chosen = Object.entries(attributes).filter(([name]) => isWanted(name));
  return chosen.length > 0 ? Object.fromEntries(chosen) : undefined;
}

function assertName(name: string): void {
  if (!/^[\w.-]+$/.test(name) || name.length > NAME_LENGTH_MAX) {
    throw createInvalidParameter(
      `The message attribute name '${name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.) characters.`,
    );
  }
  if (/^\.|\.$|\.\./.test(name)) {
    throw createInvalidParameter(
      `The message attribute name '${name}' is invalid. Periods can stand neither at its ends nor one after another.`,
    );
  }
  if (/^(aws|amazon)\./i.test(name)) {
    throw createInvalidParameter(`The message attribute name '${name}' is invalid. You can't use a reserved prefix.`);
  }
}

function parseValue(name: string, value: GivenValue): MessageAttributeValue {
  const { DataType, StringValue, BinaryValue, StringListValues, BinaryListValues } = value;
  if (StringListValues?.length || BinaryListValues?.length) {
    throw new AwsError(
      'UnsupportedOperation',
      'Message attribute list values in SendMessage operation are not supported.',
    );
  }
  if (!DataType) {
    throw createInvalidParameter(`The message attribute '${name}' must contain a non-empty message attribute type.`);
  }
  const [type] = DataType.split('.');
  if ((type !== 'String' && type !== 'Number' && type !== 'Binary') || DataType.length > TYPE_LENGTH_MAX) {
    throw createInvalidParameter(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const [wanted, other] = type === 'Binary' ? [BinaryValue, StringValue] : [StringValue, BinaryValue];
  if (other !== undefined && wanted === undefined) {
    const field = type === 'Binary' ? 'Binary' : 'String';
    throw createInvalidParameter(`The message attribute '${name}' with type '${type}' must use field '${field}'.`);
  }
  if (!wanted || other !== undefined) {
    throw createInvalidParameter(
      `The message attribute '${name}' must contain a non-empty message attribute value for message attribute type '${type}'.`,
    );
  }
  if (type === 'Number' && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(wanted)) {
    throw createInvalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  return type === 'Binary' ? { DataType, BinaryValue: wanted } : { DataType, StringValue: wanted };
}

function withLength(bytes: Buffer): Buffer[] {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
}

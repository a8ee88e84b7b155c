// Rule: a message has up to ten attributes of type String, Number or Binary; they count for its size, and a receiver gets those that
//   it names, with their MD5.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html

import { describe, expect, test } from 'vitest';
import { createTestQueue } from '../../../emulator/sqs/create-test-queue.fixture.ts';

const text = (StringValue: string) => ({ DataType: 'String', StringValue });
const MessageAttributes = { General: text('Kenobi'), Hello: text('There'), 'Help.Me': text('Me') };

describe('message attributes', () => {
  // Digests that AWS answered with for the same attributes.
  test.each([
    [['All'], ['General', 'Hello', 'Help.Me'], '4c360f3fdafd970e05fae2f149d997f5'],
    [['.*'], ['General', 'Hello', 'Help.Me'], '4c360f3fdafd970e05fae2f149d997f5'],
    [['General', 'Hello'], ['General', 'Hello'], 'fca026605781cb4126a1e9044df24232'],
    [['Hello', 'Foo'], ['Hello'], 'a311262e065454b75da111d535b8dacd'],
    [['Hel.*'], ['Hello', 'Help.Me'], '83fee93c1bcd8b9a5a923ffacdc636c7'],
    [['Foo'], [], undefined],
    [[], [], undefined],
  ])('asked for by %j are %j', async (MessageAttributeNames, names, md5) => {
    const { send, receive } = createTestQueue();
    const sent = await send('msg', { MessageAttributes });

    const [message] = await receive({ MessageAttributeNames });

    expect(sent.MD5OfMessageAttributes).toBe('4c360f3fdafd970e05fae2f149d997f5');
    expect(Object.keys(message?.MessageAttributes ?? {}).sort()).toEqual(names);
    expect(message?.MD5OfMessageAttributes).toBe(md5);
  });

  test('of type Binary come back as they were sent', async () => {
    const { send, receive } = createTestQueue();
    const BinaryValue = Buffer.from(
      'traceparent\u001e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01',
    ).toString('base64');

    await send('test', { MessageAttributes: { attr1: { DataType: 'Binary', BinaryValue } } });
    const [message] = await receive({ MessageAttributeNames: ['attr1'] });

    expect(message).toMatchObject({
      MD5OfMessageAttributes: '8cbe4db156db8a94db8b801b7addb984',
      MessageAttributes: { attr1: { DataType: 'Binary', BinaryValue } },
    });
  });

  test('count for the size of a message: name, type and value', async () => {
    const { send } = createTestQueue();
    const attribute = { MessageAttributes: { name: text('value') } };
    const room = 1_048_576 - 'nameStringvalue'.length;

    await expect(send('x'.repeat(room + 1), attribute)).rejects.toMatchObject({
      message: 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
    });
    await expect(send('x'.repeat(room), attribute)).resolves.toBeDefined();
  });

  test.each([
    [
      'eleven',
      Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`n${index}`, text('v')])),
      'exceeds the allowed maximum [10]',
    ],
    ['a name with a space', { 'a b': text('v') }, "attribute name 'a b' is invalid"],
    ['a name that ends with a period', { 'a.': text('v') }, "attribute name 'a.' is invalid"],
    ['a reserved name', { 'AWS.x': text('v') }, "attribute name 'AWS.x' is invalid"],
    ['an unknown type', { a: { DataType: 'Date', StringValue: 'v' } }, 'has an invalid message attribute type'],
    ['no type', { a: { StringValue: 'v' } }, 'must contain a non-empty message attribute type'],
    ['an empty value', { a: text('') }, 'must contain a non-empty message attribute value'],
    ['a text as Binary', { a: { DataType: 'Binary', StringValue: 'v' } }, "must use field 'Binary'"],
    [
      'a number that is none',
      { a: { DataType: 'Number', StringValue: 'v' } },
      "Can't cast the value of message (user) attribute 'a' to a number.",
    ],
  ])('are refused: %s', async (_what, given, message) => {
    await expect(createTestQueue().send('x', { MessageAttributes: given })).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: expect.stringContaining(message),
    });
  });

  test('are refused when they are lists', async () => {
    const given = { a: { DataType: 'String', StringListValues: ['v'] } };

    await expect(createTestQueue().send('x', { MessageAttributes: given })).rejects.toMatchObject({
      code: 'UnsupportedOperation',
    });
  });

  test('may have a type of their own', async () => {
    const given = { a: { DataType: 'Number.java.lang.Long', StringValue: '-1.5e3' } };

    await expect(createTestQueue().send('x', { MessageAttributes: given })).resolves.toBeDefined();
  });
});

// Rule: a target gets the event, a constant, the part at a path, or what a template makes of it; outside quotes a variable
//   is JSON, within quotes it is text and not escaped, and JSON is minified.
// Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html

import { describe, expect, test } from 'vitest';
import { createTestBus, HOUR_MS } from '../../../emulator/eventbridge/create-test-bus.fixture.ts';
import type { TargetDefinition } from '../../../emulator/eventbridge/target-definition.ts';

const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:queue';
// The example of the page.
const DETAIL = { 'instance-id': 'i-0123456789', state: 'RUNNING', count: 3, tags: ['a', 'b'], owner: { name: 'x' } };
const PATHS = {
  timestamp: '$.time',
  instance: '$.detail.instance-id',
  state: '$.detail.state',
  count: '$.detail.count',
  tags: '$.detail.tags',
  owner: '$.detail.owner',
  missing: '$.detail.missing',
};

async function deliver(target: Partial<TargetDefinition>) {
  const bus = createTestBus({ target: { Arn: QUEUE_ARN, ...target } });
  await bus.put({ Detail: JSON.stringify(DETAIL) });
  await bus.clock.runUntil(HOUR_MS);
  return { body: bus.calls[0]?.input.MessageBody, bus };
}

function transform(InputTemplate: string) {
  return deliver({ InputTransformer: { InputPathsMap: PATHS, InputTemplate } });
}

describe('an input template', () => {
  test.each([
    ['a text', '"instance <instance> is in <state>"', '"instance i-0123456789 is in RUNNING"'],
    [
      'a text with escaped quotes',
      String.raw`"instance \"<instance>\" is in <state>"`,
      String.raw`"instance \"i-0123456789\" is in RUNNING"`,
    ],
    ['JSON', '{\n  "instance" : <instance>,\n  "state": <state>\n}', '{"instance":"i-0123456789","state":"RUNNING"}'],
    [
      'JSON with texts and variables',
      String.raw`{"state": "<state>", "status": "instance \"<instance>\" is in <state>"}`,
      String.raw`{"state":"RUNNING","status":"instance \"i-0123456789\" is in RUNNING"}`,
    ],
    ['JSON with constants', '{"state": [ 9, <state>, true ]}', '{"state":[9,"RUNNING",true]}'],
    ['a number, within quotes and without', '{"a": <count>, "b": "<count>"}', '{"a":3,"b":"3"}'],
    ['arrays and objects', '{"a": <tags>, "b": <owner>}', '{"a":["a","b"],"b":{"name":"x"}}'],
    ['a path that the event does not have, in a text', '"at <missing>."', '"at ."'],
    ['a path that the event does not have, in JSON', '{"a": <missing>}', '{"a":""}'],
    ['texts on several lines', '"one <state>"\n"two <count>"', '"one RUNNING"\n"two 3"'],
    [
      'the rule',
      '{"arn": <aws.events.rule-arn>, "name": "<aws.events.rule-name>"}',
      expect.stringMatching(/:rule\/bus\/rule","name":"rule"}$/),
    ],
  ])('takes %s', async (_what, template, expected) => {
    const { body } = await transform(template);

    expect(body).toEqual(expected);
  });

  test('takes the event with its detail, without it, and when it came in', async () => {
    const { body } = await transform(
      '{"all": <aws.events.event.json>, "envelope": <aws.events.event>, "at": <aws.events.event.ingestion-time>}',
    );

    const { all, envelope, at } = JSON.parse(String(body));
    expect(all).toMatchObject({ source: 'test', detail: DETAIL });
    expect({ ...envelope, detail: DETAIL }).toEqual(all);
    expect(envelope).not.toHaveProperty('detail');
    expect(at).toMatch(/^1970-01-01T00:00:00\.\d{3}Z$/);
  });

  test('that gives no JSON is not delivered: what stands for a variable is not escaped', async () => {
    const { body, bus } = await transform('{"owner": "<owner>"}');

    expect(body).toBeUndefined();
    expect([bus.sumOf('FailedInvocations'), bus.sumOf('RetryInvocationAttempts')]).toEqual([1, 0]);
  });
});

describe('a target gets', () => {
  test('the event itself', async () => {
    const { body } = await deliver({});

    expect(JSON.parse(String(body))).toMatchObject({ 'detail-type': 'made', detail: DETAIL });
  });

  test('a constant as it was given', async () => {
    const { body } = await deliver({ Input: '{ "a": 1 }' });

    expect(body).toBe('{ "a": 1 }');
  });

  test.each([
    ['$.detail.owner', '{"name":"x"}'],
    ['$.detail.state', '"RUNNING"'],
    ['$.detail.tags[1]', '"b"'],
    ['$.detail.tags[*]', '["a","b"]'],
    ['$.detail.owner.*', '["x"]'],
  ])('the part at %s', async (InputPath, expected) => {
    const { body } = await deliver({ InputPath });

    expect(body).toBe(expected);
  });
});

describe('a target is refused', () => {
  test.each<[string, Partial<TargetDefinition>, string]>([
    [
      'two kinds of input',
      { Input: '{}', InputPath: '$' },
      'Only one of Input, InputPath, or InputTransformer must be provided for target target.',
    ],
    ['a constant that is no JSON', { Input: 'text' }, 'JSON syntax error in input for target target.'],
    [
      'a variable without a path',
      { InputTransformer: { InputPathsMap: {}, InputTemplate: '"<other>"' } },
      'InputTemplate for target target contains invalid placeholder other.',
    ],
    [
      'a reserved variable with a path',
      { InputTransformer: { InputPathsMap: { 'aws.events.rule-arn': '$.id' }, InputTemplate: '"x"' } },
      'InputPathsMap for target target contains the reserved key aws.events.rule-arn.',
    ],
    [
      'a text without quotes',
      { InputTransformer: { InputPathsMap: PATHS, InputTemplate: 'instance <instance>' } },
      'Invalid InputTemplate for target target.',
    ],
    ['a path in brackets', { InputPath: "$['detail']" }, "Invalid JSONPath $['detail'] for target target."],
  ])('with %s', (_what, target, message) => {
    expect(() => createTestBus({ target })).toThrow(expect.objectContaining({ code: 'ValidationException', message }));
  });
});

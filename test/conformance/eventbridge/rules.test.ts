// Rule: rules and buses are made, described, listed in pages, changed and deleted by API; a rule with targets and a bus with
//   rules cannot be deleted, and a rule sends nothing while it is disabled.
// Source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html

import { describe, expect, test } from 'vitest';
import { createTestBus, FUNCTION_ARN, HOUR_MS } from '../../../emulator/eventbridge/create-test-bus.fixture.ts';

const PATTERN = '{"source": ["test"]}';
const ON_BUS = { EventBusName: 'bus' };

describe('a bus', () => {
  test('is made, described and deleted', async () => {
    const { call } = createTestBus();

    const made = await call('CreateEventBus', { Name: 'other', Description: 'd' });
    const described = await call('DescribeEventBus', { Name: 'other' });
    await call('DeleteEventBus', { Name: 'other' });

    const arn = 'arn:aws:events:us-east-1:000000000000:event-bus/other';
    expect(made).toEqual({ EventBusArn: arn, Description: 'd' });
    expect(described).toMatchObject({ Name: 'other', Arn: arn, Description: 'd', CreationTime: expect.any(Number) });
    await expect(call('DescribeEventBus', { Name: 'other' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Event bus other does not exist.',
    });
  });

  test('can be the default one, which is there from the start', async () => {
    const { call } = createTestBus();

    expect(await call('DescribeEventBus', {})).toMatchObject({
      Name: 'default',
      Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/default',
    });
    await expect(call('DeleteEventBus', { Name: 'default' })).rejects.toMatchObject({ code: 'ValidationException' });
  });

  test('is made once', async () => {
    await expect(createTestBus().call('CreateEventBus', { Name: 'bus' })).rejects.toMatchObject({
      code: 'ResourceAlreadyExistsException',
      message: 'Event bus bus already exists.',
    });
  });

  test('with rules cannot be deleted, and one that is not there is deleted already', async () => {
    const { call } = createTestBus();

    await expect(call('DeleteEventBus', { Name: 'bus' })).rejects.toMatchObject({ code: 'ValidationException' });
    await expect(call('DeleteEventBus', { Name: 'other' })).resolves.toBeUndefined();
  });

  test('is listed by the beginning of its name, in pages', async () => {
    const { call } = createTestBus();
    for (const Name of ['b2', 'a1', 'b1']) await call('CreateEventBus', { Name });

    const first = await call('ListEventBuses', { NamePrefix: 'b', Limit: 2 });
    const NextToken = Reflect.get(Object(first), 'NextToken');
    const second = await call('ListEventBuses', { NamePrefix: 'b', Limit: 2, NextToken });

    expect(first).toMatchObject({ EventBuses: [{ Name: 'b1' }, { Name: 'b2' }], NextToken: expect.any(String) });
    expect(second).toEqual({ EventBuses: [expect.objectContaining({ Name: 'bus' })] });
  });
});

describe('a rule', () => {
  test.each([
    ['on a custom bus', ON_BUS, 'rule/bus/made', 'bus'],
    ['on the default bus', {}, 'rule/made', 'default'],
  ])('%s is described as it was put', async (_where, bus, path, busName) => {
    const { call } = createTestBus();

    const { RuleArn } = Object(
      await call('PutRule', { Name: 'made', EventPattern: PATTERN, Description: 'd', ...bus }),
    );

    expect(RuleArn).toBe(`arn:aws:events:us-east-1:000000000000:${path}`);
    expect(await call('DescribeRule', { Name: 'made', ...bus })).toEqual({
      Name: 'made',
      Arn: RuleArn,
      EventPattern: PATTERN,
      State: 'ENABLED',
      Description: 'd',
      EventBusName: busName,
      CreatedBy: '000000000000',
    });
  });

  test('is listed in pages', async () => {
    const { call } = createTestBus();
    for (const Name of ['rule-2', 'rule-1']) await call('PutRule', { Name, EventPattern: PATTERN, ...ON_BUS });

    const first = await call('ListRules', { Limit: 2, ...ON_BUS });
    const NextToken = Reflect.get(Object(first), 'NextToken');

    expect(first).toMatchObject({ Rules: [{ Name: 'rule' }, { Name: 'rule-1' }] });
    expect(await call('ListRules', { Limit: 2, NextToken, ...ON_BUS })).toEqual({
      Rules: [expect.objectContaining({ Name: 'rule-2' })],
    });
  });

  test.each([
    ['no pattern', {}, 'ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.'],
    ['a pattern that is not valid', { EventPattern: '[]' }, 'InvalidEventPatternException', 'Filter is not an object'],
    ['a pattern of 4,097 characters', { EventPattern: PATTERN.padEnd(4097) }, 'ValidationException', ''],
    [
      'a bus that is not there',
      { EventPattern: PATTERN, EventBusName: 'x' },
      'ResourceNotFoundException',
      'Event bus x',
    ],
  ])('with %s is refused', async (_what, input, code, message) => {
    await expect(createTestBus().call('PutRule', { Name: 'made', ...input })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  test('is deleted once it has no targets, as often as one likes', async () => {
    const { call } = createTestBus();

    await expect(call('DeleteRule', { Name: 'rule', ...ON_BUS })).rejects.toMatchObject({
      code: 'ValidationException',
      message: "Rule can't be deleted since it has targets.",
    });
    await call('RemoveTargets', { Rule: 'rule', Ids: ['target'], ...ON_BUS });
    await call('DeleteRule', { Name: 'rule', ...ON_BUS });
    await call('DeleteRule', { Name: 'rule', ...ON_BUS });

    await expect(call('DescribeRule', { Name: 'rule', ...ON_BUS })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Rule rule does not exist on EventBus bus.',
    });
  });

  test('sends nothing while it is disabled', async () => {
    const { call, calls, put, clock } = createTestBus();

    await call('DisableRule', { Name: 'rule', ...ON_BUS });
    await put();
    await clock.runUntil(HOUR_MS);
    const whileDisabled = calls.length;
    await call('EnableRule', { Name: 'rule', ...ON_BUS });
    await put();
    await clock.runUntil(2 * HOUR_MS);

    expect([whileDisabled, calls.length]).toEqual([0, 1]);
  });
});

describe('targets', () => {
  test('are listed as they were put, and removed by id', async () => {
    const { call } = createTestBus();
    const target = { Id: 'a', Arn: FUNCTION_ARN, InputPath: '$.detail', RetryPolicy: { MaximumRetryAttempts: 1 } };

    const put = await call('PutTargets', { Rule: 'rule', Targets: [target], ...ON_BUS });
    const listed = await call('ListTargetsByRule', { Rule: 'rule', ...ON_BUS });
    const removed = await call('RemoveTargets', { Rule: 'rule', Ids: ['a', 'x'], ...ON_BUS });

    expect(put).toEqual({ FailedEntryCount: 0, FailedEntries: [] });
    expect(listed).toEqual({ Targets: [target, { Id: 'target', Arn: FUNCTION_ARN }] });
    expect(removed).toMatchObject({ FailedEntryCount: 1, FailedEntries: [{ TargetId: 'x' }] });
  });

  test('are five to a rule at most, and all of a call or none', async () => {
    const { call } = createTestBus();
    const Targets = ['1', '2', '3', '4', '5'].map((Id) => ({ Id, Arn: FUNCTION_ARN }));

    await expect(call('PutTargets', { Rule: 'rule', Targets, ...ON_BUS })).rejects.toMatchObject({
      code: 'LimitExceededException',
      message: 'The requested resource exceeds the maximum number allowed.',
    });
    expect(await call('ListTargetsByRule', { Rule: 'rule', ...ON_BUS })).toMatchObject({ Targets: [{ Id: 'target' }] });
  });
});

describe('TestEventPattern', () => {
  const EVENT = {
    id: '1',
    account: '000000000000',
    source: 'test',
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    resources: [],
    'detail-type': 'made',
    detail: {},
  };

  test.each([
    [{ source: ['test'] }, true],
    [{ source: ['other'] }, false],
  ])('says whether %j matches: %s', async (pattern, Result) => {
    const input = { EventPattern: JSON.stringify(pattern), Event: JSON.stringify(EVENT) };

    expect(await createTestBus().call('TestEventPattern', input)).toEqual({ Result });
  });

  test.each(['text', '[]', JSON.stringify({ ...EVENT, region: undefined })])('refuses %s', async (Event) => {
    await expect(createTestBus().call('TestEventPattern', { EventPattern: PATTERN, Event })).rejects.toMatchObject({
      code: 'ValidationException',
      message: 'Parameter Event is not valid.',
    });
  });
});

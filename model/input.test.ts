import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidInputError, inputSchema, parseInput } from './input.ts';
import { INPUT_FIELDS } from './input-fields.ts';
import { CALL_QUOTAS } from './publish-call.ts';
import { FIREHOSE, KINESIS } from './quotas.ts';

const LANES_WITHOUT_KINESIS = ['eventbridge', 'sqs', 'firehose'];

function findProblems(rawInput: unknown): readonly string[] {
  try {
    parseInput(rawInput);
    return [];
  } catch (error) {
    if (error instanceof InvalidInputError) return error.problems;
    throw error;
  }
}

describe('parseInput', () => {
  test('fills every default in', () => {
    expect(parseInput({})).toEqual({
      batchSizes: [1, 10, 100],
      services: ['eventbridge', 'sqs', 'kinesis', 'firehose'],
      ticks: 6,
      tickSeconds: 10,
      messagesPerTick: 50,
      arrivals: 'steady',
      publishBatchSize: 1,
      payloadBytes: 0,
      maximumBatchingWindowSeconds: 'fill',
      endpointLookup: 'ssm',
      repetitions: 1,
      costLimitUsd: 1,
      drainTimeoutSeconds: 300,
    });
  });

  test('takes its own result for an input', () => {
    const input = parseInput({ label: 'again', thresholds: { lostMessages: 0 }, batchSizes: [7] });

    expect(parseInput(input)).toEqual(input);
  });

  test.each<[string, number, number]>([
    ['ticks', 1, 1000],
    ['tickSeconds', 1, 59],
    ['messagesPerTick', 1, 10_000],
    ['publishBatchSize', 1, 500],
    ['payloadBytes', 0, 200_000],
    ['maximumBatchingWindowSeconds', 0, 300],
    ['repetitions', 1, 10],
    ['drainTimeoutSeconds', 10, 3600],
  ])('takes %s from %d to %d, and nothing beyond', (name, min, max) => {
    const parse = (value: number) =>
      findProblems({ services: ['firehose'], [name]: value }).map((problem) => problem.replace(/ \(.*/, ''));
    const rule = INPUT_FIELDS.find((field) => field.name === name)?.range;

    expect(parse(min)).toEqual([]);
    expect(parse(max)).toEqual([]);
    expect(parse(min - 1)).toEqual([`${name} must be ${rule}, got ${min - 1}; use ${min} or more`]);
    expect(parse(max + 1)).toEqual([`${name} must be ${rule}, got ${max + 1}; use ${max} or less`]);
    expect(parse(min + 0.5)).toEqual([`${name} must be a whole number, ${rule}, got ${min + 0.5}`]);
  });

  test.each<[string, unknown, string]>([
    [
      'an item out of range',
      { batchSizes: [1, 2, 20_000] },
      'batchSizes[2] must be 1 to 10000, got 20000; use 10000 or less',
    ],
    ['an item of another type', { batchSizes: ['banana'] }, 'batchSizes[0] must be 1 to 10000, got "banana"'],
    ['an empty list', { services: [] }, 'services must be a list of 1 to 4 services, got []'],
    [
      'a list that is too long',
      { batchSizes: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] },
      'batchSizes must be a list of 1 to 12 whole numbers, got [1,2,3,4,5,6,7,8,9,10,11,12,13]',
    ],
    ['an item given twice', { batchSizes: [1, 10, 1] }, 'batchSizes[2] repeats 1 of batchSizes[0]; name each once'],
    [
      'an unknown service',
      { services: ['sqs', 'sns'] },
      'services[1] must be one of eventbridge, sqs, kinesis, firehose, got "sns"',
    ],
    ['an unknown field', { batchSize: [1] }, 'unknown field "batchSize"; did you mean batchSizes?'],
    [
      'an unknown threshold',
      { thresholds: { p99ArivalMs: 1 } },
      'unknown field "thresholds.p99ArivalMs"; did you mean p99ArrivalMs?',
    ],
    [
      'a threshold of zero',
      { thresholds: { p99ArrivalMs: 0 } },
      'thresholds.p99ArrivalMs must be a number above 0, got 0',
    ],
    ['a word where none fits', { arrivals: 'bursty' }, 'arrivals must be steady, poisson or burst, got "bursty"'],
    ['a cost limit of nothing', { costLimitUsd: 0 }, 'costLimitUsd must be above 0, got 0'],
    ['no object at all', [], 'input must be a JSON object, got []'],
    ['null', null, 'input must be a JSON object, got null'],
  ])('refuses %s', (_what, rawInput, problem) => {
    expect(findProblems(rawInput)).toEqual([problem]);
  });

  test('lists all problems at once, conflicts among the sound fields with them, a line each', () => {
    const act = () => parseInput({ ticks: 0, label: 7, tick: 1, services: ['sqs'], publishBatchSize: 11 });

    expect(act).toThrow(InvalidInputError);
    expect(act).toThrow(
      [
        'ticks must be 1 to 1000, got 0; use 1 or more',
        'label must be up to 100 characters, got 7',
        'unknown field "tick"; did you mean ticks?',
        'publishBatchSize must be at most 10 for sqs, got 11; use 10 or less, "max", or leave sqs out of services',
      ].join('\n'),
    );
  });

  test('says nothing of a conflict in which a bad field takes part', () => {
    expect(findProblems({ services: ['sqs', 'sns'], publishBatchSize: 11 })).toHaveLength(1);
  });

  test('refuses or resolves whatever JSON it is given, and never fails otherwise', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (rawInput) => {
        expect(Array.isArray(findProblems(rawInput))).toBe(true);
      }),
    );
  });
});

describe('rules of several fields', () => {
  test.each([
    ['eventbridge', 10],
    ['sqs', 10],
    ['kinesis', 500],
    ['firehose', 500],
  ])('%s takes %d entries a call', (service, most) => {
    const findFor = (publishBatchSize: number) =>
      findProblems({ services: [service], batchSizes: [1], publishBatchSize });

    expect(findFor(most)).toEqual([]);
    // Above 500 the field itself refuses.
    expect(findFor(most + 1)).toEqual([expect.stringContaining(`publishBatchSize must be`)]);
    expect(findFor(most + 1)[0]).toContain(`use ${most} or less`);
  });

  test('every service whose maximum is exceeded is named', () => {
    const problems = findProblems({ publishBatchSize: 500 });

    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain('for eventbridge');
    expect(problems[1]).toContain('for sqs');
  });

  test.each([
    ['sqs', { payloadBytes: 200_000 }, 5],
    ['firehose', { payloadBytes: 200_000 }, 20],
    ['kinesis', { payloadBytes: 9_000, messagesPerTick: 1 }, undefined],
    ['eventbridge', { batchSizes: [1, 500] }, 3],
  ])('a call to %s has to hold what it is given', (service, fields, most) => {
    const findFor = (publishBatchSize: number | 'max') =>
      findProblems({ services: [service], ...fields, publishBatchSize });

    expect(findFor('max')).toEqual([]);
    if (most === undefined) {
      expect(findFor(500)).toEqual([]);
    } else {
      expect(findFor(most)).toEqual([]);
      expect(findFor(most + 1)).toEqual([
        expect.stringContaining(`publishBatchSize must be at most ${most} for ${service}, whose calls take`),
      ]);
    }
  });

  test.each([
    [[10], 0, 0],
    [[11], 0, 1],
    [[11], 1, 0],
  ])(
    'batch sizes %j with a window of %d s are %d problems on sqs',
    (batchSizes, maximumBatchingWindowSeconds, count) => {
      const fields = { batchSizes, maximumBatchingWindowSeconds };

      expect(findProblems({ ...fields, services: ['sqs'] })).toHaveLength(count);
      expect(findProblems({ ...fields, services: ['kinesis', 'eventbridge', 'firehose'] })).toEqual([]);
    },
  );

  test.each([
    // A tick of 10 s publishes for 9 s.
    ['steady', 10, 9000],
    ['poisson', 10, 9000],
    ['burst', 10, 1000],
    ['steady', 1, 1000],
  ])('one Kinesis shard takes %s arrivals in ticks of %d s up to %d messages', (arrivals, tickSeconds, most) => {
    const findFor = (messagesPerTick: number) => findProblems({ arrivals, tickSeconds, messagesPerTick });

    expect(findFor(most)).toEqual([]);
    expect(findFor(most + 1)).toEqual([
      expect.stringContaining(
        `messagesPerTick must be at most ${most} for kinesis, whose one shard takes 1000 records`,
      ),
    ]);
    expect(findProblems({ services: LANES_WITHOUT_KINESIS, arrivals, tickSeconds, messagesPerTick: most + 1 })).toEqual(
      [],
    );
  });

  test('one Kinesis shard takes a megabyte a second', () => {
    const findFor = (payloadBytes: number) => findProblems({ messagesPerTick: 90, payloadBytes });

    expect(findFor(100_000)).toEqual([]);
    expect(findFor(100_001)).toEqual([expect.stringContaining('payloadBytes must be at most 100000 for kinesis')]);
  });

  test('the longest message fits into a record of every service', () => {
    const longest = 200_000;

    expect(findProblems({ payloadBytes: longest, messagesPerTick: 1 })).toEqual([]);
    expect(longest).toBeLessThan(Math.min(KINESIS.recordBytesMax, FIREHOSE.recordBytesMax));
    for (const { callBytesMax } of Object.values(CALL_QUOTAS)) expect(longest).toBeLessThan(callBytesMax);
  });
});

describe('INPUT_FIELDS', () => {
  test('has a row for every field, in order', () => {
    expect(INPUT_FIELDS.map((field) => field.name)).toEqual(Object.keys(inputSchema.shape));
  });

  test.each(INPUT_FIELDS)('tells the default of $name as the parser has it', ({ name, default: told }) => {
    const value = parseInput({})[name];

    expect(told).toBe(value === undefined ? 'none' : JSON.stringify(value));
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import aslValidator from 'asl-validator';
import { Match, Template } from 'aws-cdk-lib/assertions';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from './create-app.ts';

const STATEMACHINES = join(import.meta.dirname, '..', 'statemachines');
const definitionText = readFileSync(join(STATEMACHINES, 'showdown.asl.json'), 'utf8');

const { stack } = createApp({ 'aws:cdk:bundling-stacks': [] });
const template = Template.fromStack(stack);
const [properties] = Object.values(template.findResources('AWS::StepFunctions::StateMachine')).map((resource) =>
  z
    .object({ DefinitionString: z.string(), DefinitionSubstitutions: z.record(z.string(), z.unknown()) })
    .parse(resource.Properties),
);
const substitutions = properties?.DefinitionSubstitutions ?? {};

/** References become placeholders, an ARN where one is wanted. */
const resolvedText = definitionText.replace(/\$\{(\w+)\}/g, (_, name: string) => {
  const value = substitutions[name];
  if (typeof value === 'string') return value;
  return name.endsWith('Arn') ? `arn:aws:lambda:us-east-1:000000000000:function:${name}` : name;
});

const retrySchema = z.object({ ErrorEquals: z.string().array(), MaxAttempts: z.number() });
const stateSchema = z.looseObject({
  Type: z.string(),
  Comment: z.string().optional(),
  Resource: z.string().optional(),
  Retry: retrySchema.array().default([]),
  ItemProcessor: z.unknown().optional(),
});
type State = z.output<typeof stateSchema>;

/** Every state of every level, by name. */
function collectStates(machine: unknown): [string, State][] {
  const { States } = z.object({ States: z.record(z.string(), stateSchema) }).parse(machine);
  return Object.entries(States).flatMap(([name, state]): [string, State][] => [
    [name, state],
    ...(state.ItemProcessor ? collectStates(state.ItemProcessor) : []),
  ]);
}

const states = collectStates(JSON.parse(resolvedText));
const statesByName = new Map(states);

function collectExpressions(value: unknown): string[] {
  if (typeof value === 'string') return /^\{%.*%\}$/s.test(value) ? [value.slice(2, -2)] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(collectExpressions);
}

describe('the definition', () => {
  it('is valid once its substitutions are in', () => {
    const { isValid, errorsText } = aslValidator(JSON.parse(resolvedText));

    expect(isValid ? '' : errorsText('\n')).toBe('');
  });

  it('uses every substitution that the stack provides, and no other', () => {
    const used = new Set([...definitionText.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));

    expect([...used].sort()).toEqual(Object.keys(substitutions).sort());
  });

  it('is deployed as it stands in the file', () => {
    expect(properties?.DefinitionString).toBe(definitionText);
  });

  it('holds only expressions that JSONata can read', () => {
    const expressions = collectExpressions(JSON.parse(resolvedText));

    expect(expressions.length).toBeGreaterThan(50);
    for (const expression of expressions) expect(() => jsonata(expression), expression).not.toThrow();
  });

  it('says of every state why it is there, and names none twice', () => {
    expect(states.filter(([, { Comment }]) => !Comment).map(([name]) => name)).toEqual([]);
    expect(statesByName.size).toBe(states.length);
  });

  it('is explained state by state in its README, in the same order', () => {
    const readme = readFileSync(join(STATEMACHINES, 'README.md'), 'utf8');

    const explained = [...readme.matchAll(/^\| (?:&nbsp;)*`(\w+)` \|/gm)].map(([, name]) => name);

    expect(explained).toEqual(states.map(([name]) => name));
  });

  it('never runs a tick twice: Generate is retried only when throttled', () => {
    expect(statesByName.get('Generate')?.Retry.map(({ ErrorEquals }) => ErrorEquals)).toEqual([
      ['Lambda.TooManyRequestsException'],
    ]);
  });

  it('tells Report how often it is asked, as often as it is', () => {
    const { Retry, ...report } = statesByName.get('Report') ?? { Retry: [] };

    const [attempts] = Retry.filter(({ ErrorEquals }) => ErrorEquals.includes('MetricsNotSettledError'));

    expect(attempts?.MaxAttempts).toBe(5);
    expect(report).toMatchObject({ Arguments: { Payload: { finalAttempt: attempts?.MaxAttempts } } });
  });
});

describe('RestoreDefaults', () => {
  it('sets event source mappings as the stack deploys them', () => {
    const state = statesByName.get('RestoreEventSourceMapping');

    expect(state).toMatchObject({
      Arguments: { BatchSize: "{% $lane.service = 'sqs' ? 10 : 100 %}", MaximumBatchingWindowInSeconds: 0 },
    });
    for (const BatchSize of [10, 100]) {
      template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
        BatchSize,
        MaximumBatchingWindowInSeconds: Match.absent(),
      });
    }
  });

  it('sets the delivery stream as the stack deploys it', () => {
    const restored = z
      .object({ Arguments: z.object({ ExtendedS3DestinationUpdate: z.unknown() }) })
      .parse(statesByName.get('RestoreDeliveryStream')).Arguments.ExtendedS3DestinationUpdate;

    expect(restored).toEqual({
      Prefix: 'arrivals/',
      BufferingHints: { SizeInMBs: '{% 5 %}', IntervalInSeconds: '{% 60 %}' },
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [
          {
            Type: 'Lambda',
            Parameters: [
              { ParameterName: 'LambdaArn', ParameterValue: expect.stringContaining('TransformFunctionArn') },
              { ParameterName: 'BufferSizeInMBs', ParameterValue: '1' },
              { ParameterName: 'BufferIntervalInSeconds', ParameterValue: '60' },
            ],
          },
        ],
      },
    });
    template.hasResourceProperties('AWS::KinesisFirehose::DeliveryStream', {
      ExtendedS3DestinationConfiguration: {
        Prefix: 'arrivals/',
        BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 60 },
        ProcessingConfiguration: {
          Enabled: true,
          Processors: [
            {
              Type: 'Lambda',
              Parameters: [
                { ParameterName: 'LambdaArn' },
                { ParameterName: 'BufferSizeInMBs', ParameterValue: '1' },
                { ParameterName: 'BufferIntervalInSeconds', ParameterValue: '60' },
              ],
            },
          ],
        },
      },
    });
  });
});

describe('the role', () => {
  it('may do what the tasks do, and what a Distributed Map needs', () => {
    const needed = states.flatMap(([, { Resource }]) => {
      if (!Resource) return [];
      if (Resource === 'arn:aws:states:::lambda:invoke') return ['lambda:InvokeFunction'];
      const [service = '', action = ''] = Resource.replace('arn:aws:states:::aws-sdk:', '').split(':');
      return [`${service}:${action.charAt(0).toUpperCase()}${action.slice(1)}`];
    });
    const [policy] = Object.values(
      template.findResources('AWS::IAM::Policy', {
        Properties: { PolicyName: Match.stringLikeRegexp('^ShowdownRole') },
      }),
    );

    const granted = z
      .object({ Statement: z.object({ Action: z.union([z.string(), z.string().array()]) }).array() })
      .parse(policy?.Properties.PolicyDocument)
      .Statement.flatMap(({ Action }) => Action);

    const ofTheMap = ['states:StartExecution', 'states:DescribeExecution', 'states:StopExecution'];
    expect(granted.sort()).toEqual([...new Set([...needed, ...ofTheMap])].sort());
  });
});

describe('the schedule', () => {
  const MINUTE = Date.UTC(2026, 0, 1, 12, 0);

  async function evaluate(expression: string | undefined, nowMs: number, variables: Record<string, unknown> = {}) {
    const compiled = jsonata(expression?.replace(/^\{%|%\}$/g, '') ?? '');
    compiled.registerFunction('millis', () => nowMs, '<:n>');
    return compiled.evaluate({}, variables);
  }

  it.each([
    ['on a minute', 0, 60_000],
    ['early in a minute', 1_000, 60_000],
    ['with 3 s left of it', 57_000, 60_000],
    ['with less than 3 s left of it', 57_001, 120_000],
  ])('starts a trial on a full minute that is at least 3 s away: %s', async (_, intoMs, startsMs) => {
    const { Choices } = z
      .object({ Choices: z.object({ Assign: z.object({ startMs: z.string() }).optional() }).array() })
      .parse(statesByName.get('WarmedUp'));

    const startMs = await evaluate(Choices[0]?.Assign?.startMs, MINUTE + intoMs);

    expect(startMs).toBe(MINUTE + startsMs);
  });

  it('wakes the generator one second before its tick, however long the ticks before took', async () => {
    const { Timestamp } = z.object({ Timestamp: z.string() }).parse(statesByName.get('WaitForTick'));

    const timestamp = await evaluate(Timestamp, MINUTE + 999_999, {
      startMs: MINUTE,
      tick: 3,
      input: { tickSeconds: 10 },
    });

    expect(timestamp).toBe('2026-01-01T12:00:29.000Z');
  });
});

describe('the outcomes', () => {
  async function computeOutcomes(lanes: unknown[], result: unknown[]) {
    const { Output } = z.object({ Output: z.string() }).parse(statesByName.get('Lanes'));
    return jsonata(Output.slice(2, -2)).evaluate({}, { states: { input: { lanes }, result } });
  }

  it('are one for each lane, and failed for a lane that ended without one', async () => {
    const completed = { service: 'sqs', status: 'completed' };

    const outcomes = await computeOutcomes([{ service: 'sqs' }, { service: 'kinesis' }], [completed]);

    expect(outcomes).toEqual([
      completed,
      { service: 'kinesis', status: 'failed', error: 'LaneLostError', cause: expect.stringContaining('Map Run') },
    ]);
  });

  it('stay a list when there is a single lane', async () => {
    const completed = { service: 'sqs', status: 'completed' };

    expect(await computeOutcomes([{ service: 'sqs' }], [completed])).toEqual([completed]);
  });
});

describe('the cause of a failure', () => {
  const expressions = ['Plan', 'Report', 'Trials', 'CollectArrivalEvents', 'Tally'].map((name) => {
    const { Catch } = z
      .object({ Catch: z.object({ Output: z.unknown(), Assign: z.unknown() }).partial().array() })
      .parse(statesByName.get(name));
    return collectExpressions(Catch).filter((expression) => expression.includes('errorMessage'));
  });

  it.each([
    ["a function's message, without type and trace", '{"errorType":"E","errorMessage":"a < b","trace":[]}', 'a < b'],
    ['text as it is, when no function wrote it', 'Rate exceeded', 'Rate exceeded'],
    [
      'text as it is, when it only quotes a function',
      'Payload: {"errorMessage":"late"}',
      'Payload: {"errorMessage":"late"}',
    ],
    ['empty, when there is none', undefined, ''],
  ])('is %s', async (_, Cause, expected) => {
    const causes = await Promise.all(
      expressions.flat().map((expression) => {
        const compiled = jsonata(expression);
        // A function that Step Functions adds: https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
        compiled.registerFunction('parse', (text: string) => JSON.parse(text), '<s:x>');
        return compiled.evaluate({}, { collection: null, states: { errorOutput: { Error: 'E', Cause } } });
      }),
    );

    // CollectArrivalEvents puts it beside what had been collected.
    const collection = { failure: { error: 'E', cause: expected } };
    expect(causes).toEqual([expected, expected, expected, expect.objectContaining(collection), expected]);
  });
});

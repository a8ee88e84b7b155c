import { describe, expect, test } from 'vitest';
import { UnsupportedFeatureError } from '../../kernel/errors.ts';
import { parseDefinition } from './parse-definition.ts';

const END = { Type: 'Succeed' };

function parse(definition: object) {
  return parseDefinition(JSON.stringify({ QueryLanguage: 'JSONata', ...definition }), new Map());
}

function parseState(state: object, others: object = {}) {
  return parse({ StartAt: 'A', States: { A: state, ...others } });
}

const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true };
const MAP = { Type: 'Map', ItemProcessor: { StartAt: 'I', States: { I: END } }, End: true };
const DISTRIBUTED = {
  ...MAP.ItemProcessor,
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
};

const READER = {
  Resource: 'arn:aws:states:::s3:getObject',
  Arguments: { Bucket: 'b', Key: 'k' },
  ReaderConfig: { InputType: 'JSON' },
};
const DISTRIBUTED_MAP = {
  ...MAP,
  ItemProcessor: { ...DISTRIBUTED, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
};

function readWith(config: object): object {
  return { ...DISTRIBUTED_MAP, ItemReader: { ...READER, ReaderConfig: config } };
}

describe('parseDefinition refuses by name', () => {
  test.each<[string, object]>([
    ['field Credentials', { ...TASK, Credentials: {} }],
    ['field ItemReader in INLINE mode', { ...MAP, ItemReader: READER }],
    ['field ItemBatcher in INLINE mode', { ...MAP, ItemBatcher: { MaxItemsPerBatch: 1 } }],
    ['field ResultWriter in INLINE mode', { ...MAP, ResultWriter: { WriterConfig: {} } }],
    ['Items together with ItemReader', { ...DISTRIBUTED_MAP, Items: [], ItemReader: READER }],
    ['ItemReader.ReaderConfig.InputType PARQUET', readWith({ InputType: 'PARQUET' })],
    ['ItemReader.ReaderConfig.InputType MANIFEST', readWith({ InputType: 'MANIFEST' })],
    ['ItemReader.ReaderConfig.ManifestType ATHENA_DATA', readWith({ InputType: 'CSV', ManifestType: 'ATHENA_DATA' })],
    ['JSONPath field MaxItemsPath', readWith({ InputType: 'JSON', MaxItemsPath: '$.max' })],
    [
      'ResultWriter.WriterConfig.OutputType JSONL without a Resource',
      { ...DISTRIBUTED_MAP, ResultWriter: { WriterConfig: { OutputType: 'JSONL' } } },
    ],
    ['field Label in INLINE mode', { ...MAP, Label: 'l' }],
    ['field ToleratedFailureCount in INLINE mode', { ...MAP, ToleratedFailureCount: 1 }],
    ['JSONPath field InputPath', { ...TASK, InputPath: '$' }],
    [
      'Resource arn:aws:states:::lambda:invoke.waitForTaskToken',
      { ...TASK, Resource: `${TASK.Resource}.waitForTaskToken` },
    ],
    [
      'Resource arn:aws:states:::states:startExecution.sync:2',
      { ...TASK, Resource: 'arn:aws:states:::states:startExecution.sync:2' },
    ],
    [
      'Resource arn:aws:lambda:us-east-1:000000000000:function:f',
      { ...TASK, Resource: 'arn:aws:lambda:us-east-1:000000000000:function:f' },
    ],
    ['lambda:invoke argument Qualifier', { ...TASK, Arguments: { FunctionName: 'f', Qualifier: '1' } }],
    [
      'SDK integration with dynamodb',
      { ...TASK, Resource: 'arn:aws:states:::aws-sdk:dynamodb:getItem', Arguments: {} },
    ],
    [
      'ItemProcessor.ProcessorConfig.ExecutionType EXPRESS',
      { ...MAP, ItemProcessor: { ...DISTRIBUTED, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' } } },
    ],
  ])('%s', (feature, state) => {
    expect(() => parseState(state)).toThrow(new UnsupportedFeatureError('state A', feature));
  });

  test('the query language JSONPath, which is the default', () => {
    const text = JSON.stringify({ StartAt: 'A', States: { A: END } });

    expect(() => parseDefinition(text, new Map())).toThrow('QueryLanguage JSONPath is not modelled by the emulator');
  });
});

describe('parseDefinition answers InvalidDefinition', () => {
  test.each<[string, object]>([
    [
      "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/A",
      { ...TASK, QueryLanguage: 'JSONPath' },
    ],
    ['These fields are required: [Branches] at /States/A', { Type: 'Parallel', End: true }],
    ["Field 'Colour' is not supported at /States/A", { ...END, Colour: 'red' }],
    ["Field 'Next' is not supported at /States/A", { ...END, Next: 'A' }],
    ['A state has either Next or End at /States/A', { Type: 'Pass' }],
    ['A Wait state has either Seconds or Timestamp', { Type: 'Wait', Seconds: 1, Timestamp: 'x', End: true }],
    ["Missing 'Next' target: B at /States/A", { Type: 'Pass', Next: 'B' }],
    ['States.ALL must stand alone, and in the last Retry', { ...TASK, Retry: [{ ErrorEquals: ['States.ALL', 'X'] }] }],
    ["UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'x' at the top level", { ...END, Output: { v: ['{% x %}'] } }],
    ['/States/A/Output/v[0]', { ...END, Output: { v: ['{% x %}'] } }],
    [
      "The field 'UUID' is not supported by Step Functions",
      { ...TASK, Resource: 'arn:aws:states:::aws-sdk:lambda:getEventSourceMapping', Arguments: { UUID: 'u' } },
    ],
    [
      "The field 'uuid' is not supported by Step Functions",
      { ...TASK, Resource: 'arn:aws:states:::aws-sdk:lambda:getEventSourceMapping', Arguments: { uuid: 'u' } },
    ],
    ['"states" is not a variable name', { Type: 'Pass', Assign: { states: 1 }, End: true }],
    ['MISSING_END_STATE', { Type: 'Pass', Next: 'A' }],
    [
      'Assign and Output of a Choice state belong to its Default',
      { Type: 'Choice', Choices: [{ Condition: true, Next: 'A' }], Output: 1 },
    ],
    ['must be an integer from 0 to 99999999 or an expression', { Type: 'Wait', Seconds: 1.5, End: true }],
    [
      'A Distributed Map needs an ExecutionType',
      { ...MAP, ItemProcessor: { ...DISTRIBUTED, ProcessorConfig: { Mode: 'DISTRIBUTED' } } },
    ],
    ['HeartbeatSeconds must be smaller than TimeoutSeconds', { ...TASK, HeartbeatSeconds: 3, TimeoutSeconds: 3 }],
    ['InputType CSV needs a CSVHeaderLocation', readWith({ InputType: 'CSV' })],
    [
      'CSVHeaders belong to CSVHeaderLocation GIVEN',
      readWith({ InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', CSVHeaders: ['a'] }),
    ],
    ['The InputType of what is read must be given', readWith({})],
    [
      'LOAD_AND_FLATTEN belongs to s3:listObjectsV2',
      readWith({ InputType: 'JSON', Transformation: 'LOAD_AND_FLATTEN' }),
    ],
    ['Too small: expected number to be >=1', readWith({ InputType: 'JSON', MaxItems: 0 })],
    ['must have MaxItemsPerBatch, MaxInputBytesPerBatch or both', { ...DISTRIBUTED_MAP, ItemBatcher: {} }],
    ['A ResultWriter has Resource and Arguments, or a WriterConfig', { ...DISTRIBUTED_MAP, ResultWriter: {} }],
  ])('%s', (message, state) => {
    expect(() => parseState(state)).toThrow(
      expect.objectContaining({ code: 'InvalidDefinition', message: expect.stringContaining(message) }),
    );
  });

  test('with every problem at once', () => {
    const definition = { StartAt: 'A', States: { A: { ...END, X: 1 }, B: { Type: 'Pass', Y: 2, End: true } } };

    expect(() => parse(definition)).toThrow(/Field 'X'.*Field 'Y'/);
  });

  test('for a state that nothing leads to', () => {
    expect(() => parseState(END, { Stray: END })).toThrow('State "Stray" is not reachable.');
  });

  test('for a state name that is used twice', () => {
    const branch = { StartAt: 'A', States: { A: END } };

    expect(() => parseState({ Type: 'Parallel', Branches: [branch], End: true })).toThrow(
      'State name "A" is used twice.',
    );
  });

  test('for an inner scope that assigns an outer variable, unless the Map is distributed', () => {
    const inner = { StartAt: 'I', States: { I: { Type: 'Pass', Assign: { x: 2 }, End: true } } };
    const map = { ...MAP, Assign: { x: 1 } };

    expect(() => parseState({ ...map, ItemProcessor: inner })).toThrow('Variable "x" is assigned in an outer scope');
    expect(() => parseState({ ...map, ItemProcessor: { ...DISTRIBUTED, ...inner } })).not.toThrow();
  });

  test('for text that is not JSON', () => {
    expect(() => parseDefinition('{', new Map())).toThrow('INVALID_JSON_DESCRIPTION');
  });
});

test('parseDefinition takes strings that only look like expressions as literals', () => {
  const { states } = parseState({ ...END, Output: { a: ' {% $x %}', b: '{% $x', c: '$x' } });

  expect(states.get('A')).toMatchObject({
    output: { kind: 'literal', value: { a: ' {% $x %}', b: '{% $x', c: '$x' } },
  });
});

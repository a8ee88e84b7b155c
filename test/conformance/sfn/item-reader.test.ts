// Rule: a Distributed Map reads its items from S3: the metadata of a listing, or the rows and elements of one or of all
//   listed objects, no more than MaxItems of them, as the state machine's role.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html

import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createTestWorld } from '../../../emulator/states/create-test-world.ts';
import { distributedMap } from '../../../emulator/states/map-runs/distributed-map.fixture.ts';

const GET = 'arn:aws:states:::s3:getObject';
const LIST = 'arn:aws:states:::s3:listObjectsV2';

function readObject(config: object, map: object = {}, key = 'items'): object {
  const reader = { Resource: GET, Arguments: { Bucket: 'bucket', Key: key }, ReaderConfig: config };
  return distributedMap({ ItemReader: reader, ...map });
}

function readListing(config: object | undefined, map: object = {}): object {
  const reader = {
    Resource: LIST,
    Arguments: { Bucket: 'bucket', Prefix: '{% $states.input.prefix %}' },
    ...(config && { ReaderConfig: config }),
  };
  return distributedMap({ ItemReader: reader, ...map });
}

describe('an ItemReader of one object', () => {
  test.each<[string, object, string, unknown]>([
    ['the elements of a JSON array', { InputType: 'JSON' }, '[1,{"a":2}]', [1, { a: 2 }]],
    [
      'those of an array at a JSON Pointer',
      { InputType: 'JSON', ItemsPointer: '/a~1b/0/items' },
      '{"a/b":[{"items":["x"]}]}',
      ['x'],
    ],
    ['the lines of JSON Lines', { InputType: 'JSONL' }, '{"a":1}\n\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    [
      'the rows of a CSV file as objects of strings, named by its first row',
      { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      'id,name\n1,Ann\n2,"Bob, the ""B"""\r\n',
      [
        { id: '1', name: 'Ann' },
        { id: '2', name: 'Bob, the "B"' },
      ],
    ],
    [
      'rows named by given headers, parted by another delimiter',
      { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['id', 'name'], CSVDelimiter: 'PIPE' },
      '1|Ann\n2|"B\nC"',
      [
        { id: '1', name: 'Ann' },
        { id: '2', name: 'B\nC' },
      ],
    ],
    [
      'rows with empty strings for fields that lack, without fields that are too many',
      { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      'a,b\n1\n1,2,3\n',
      [
        { a: '1', b: '' },
        { a: '1', b: '2' },
      ],
    ],
    [
      'fields in which a backslash escapes itself, a delimiter or a quotation mark, and else is dropped',
      { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      'a\nC:\\\\x\\,y\\z\n',
      [{ a: 'C:\\x,yz' }],
    ],
    ['as many as MaxItems', { InputType: 'JSON', MaxItems: 2 }, '[1,2,3]', [1, 2]],
    ['as many as an expression for MaxItems gives', { InputType: 'JSON', MaxItems: '{% 1+1 %}' }, '[1,2,3]', [1, 2]],
  ])('gives %s', async (_claim, config, content, expected) => {
    const { run, putObject } = createTestWorld({ withS3: true });
    await putObject('items', content);

    expect((await run(readObject(config))).output).toEqual(expected);
  });

  test('unpacks GZIP', async () => {
    const { run, putObject } = createTestWorld({ withS3: true });
    await putObject('items.json.gz', gzipSync('[1]'));

    expect((await run(readObject({ InputType: 'JSON' }, {}, 'items.json.gz'))).output).toEqual([1]);
  });

  test('lets the ItemSelector see each item, its index and where it came from', async () => {
    const { run, putObject } = createTestWorld({ withS3: true });
    await putObject('items', '["a","b"]');
    const selector = { ItemSelector: { item: '{% $states.context.Map.Item %}' } };

    expect((await run(readObject({ InputType: 'JSON' }, selector))).output).toEqual([
      { item: { Index: 0, Value: 'a', Source: 'S3://bucket/items' } },
      { item: { Index: 1, Value: 'b', Source: 'S3://bucket/items' } },
    ]);
  });

  test.each<[string, string | undefined, object, string]>([
    ['is not there', undefined, { InputType: 'JSON' }, 'The specified key does not exist.'],
    ['is not JSON', '{', { InputType: 'JSON' }, 'The content is not JSON'],
    [
      'names a column twice',
      'a,b,a\n1,2,3',
      { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      'CSV headers cannot contain duplicates.',
    ],
    ['holds no array', '7', { InputType: 'JSON' }, 'There is no array of items'],
  ])('fails with States.ItemReaderFailed when the object %s', async (_claim, content, config, cause) => {
    const { run, putObject } = createTestWorld({ withS3: true });
    if (content !== undefined) await putObject('items', content);

    const result = await run(readObject(config));

    expect(result.error).toBe('States.ItemReaderFailed');
    expect(result.cause).toContain(cause);
    expect(result.types).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'MapStateStarted',
      'MapRunStarted',
      'MapRunFailed',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
  });

  test.each([
    ['s3:GetObject', readObject({ InputType: 'JSON' })],
    ['s3:ListBucket', readListing(undefined)],
  ])('needs %s', async (action, definition) => {
    const { run, putObject } = createTestWorld({ withS3: true, denied: [action] });
    await putObject('items', '[]');

    const { error, cause } = await run(definition, { prefix: '' });

    expect(error).toBe('States.ItemReaderFailed');
    expect(cause).toContain(`not authorized to perform: ${action}`);
  });

  test('refuses a JSON object by name', async () => {
    const { run, putObject } = createTestWorld({ withS3: true });
    await putObject('items', '{"a":1}');

    expect((await run(readObject({ InputType: 'JSON' }))).cause).toContain('a Map over an object is not modelled');
  });
});

describe('an ItemReader of a listing', () => {
  test('gives the metadata of each object below the prefix', async () => {
    const { run, putObject } = createTestWorld({ withS3: true });
    for (const key of ['a/1', 'a/2', 'b/1']) await putObject(key, 'x');

    expect((await run(readListing(undefined), { prefix: 'a/' })).output).toEqual([
      {
        Etag: '"9dd4e461268c8034f5c8564e155c67a6"',
        Key: 'a/1',
        LastModified: expect.any(Number),
        Size: 1,
        StorageClass: 'STANDARD',
      },
      expect.objectContaining({ Key: 'a/2' }),
    ]);
  });

  test('goes on past the first page of a thousand keys', async () => {
    const { run, putObject } = createTestWorld({ withS3: true });
    for (let index = 0; index < 1002; index++) await putObject(`k${index}`, '');
    const count = { Output: '{% $count($states.result) %}' };

    expect((await run(readListing(undefined, count), { prefix: 'k' })).output).toBe(1002);
    expect((await createTestWorld({ withS3: true }).run(readListing(undefined), { prefix: 'k' })).output).toEqual([]);
  });

  test('with LOAD_AND_FLATTEN gives what is in the objects', async () => {
    const { run, putObject } = createTestWorld({ withS3: true });
    await putObject('a/1', '["x","y"]');
    await putObject('a/2', '["z"]');
    const flatten = { InputType: 'JSON', Transformation: 'LOAD_AND_FLATTEN', MaxItems: 3 };
    const selector = {
      ItemSelector: { v: '{% $states.context.Map.Item.Value %}', from: '{% $states.context.Map.Item.Source %}' },
    };

    expect((await run(readListing(flatten, selector), { prefix: 'a/' })).output).toEqual([
      { v: 'x', from: 'S3://bucket/a/1' },
      { v: 'y', from: 'S3://bucket/a/1' },
      { v: 'z', from: 'S3://bucket/a/2' },
    ]);
  });
});

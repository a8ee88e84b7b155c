// Rule: a queue hears of each object that is made in a bucket, where its filter takes it, seconds after S3 finished the
//   request; the event tells that instant to the millisecond.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html

import { describe, expect, test } from 'vitest';
import { createTestBucket } from '../../../emulator/s3/create-test-bucket.fixture.ts';
import { createTestNotifications } from '../../../emulator/s3/create-test-notifications.fixture.ts';

describe('a queue', () => {
  test('hears of the three ways to make an object, each under its name', async () => {
    const { put, s3, startUpload, receiveEvents } = await createTestNotifications();
    await put('a');
    await s3('CopyObject', { Key: 'b', CopySource: 'bucket/a' });
    const { uploadPart, complete } = await startUpload('c');
    await complete([await uploadPart(1, Buffer.from('x'))]);

    const events = await receiveEvents();

    expect(events.map(({ eventName, s3: { object } }) => `${object.key} ${eventName}`).sort()).toEqual([
      'a ObjectCreated:Put',
      'b ObjectCreated:Copy',
      'c ObjectCreated:CompleteMultipartUpload',
    ]);
  });

  test('is told the instant at which S3 finished, to the millisecond, and what the object is', async () => {
    const { put, world, receiveEvents } = await createTestNotifications();
    await put('a', 'hello');
    const finishedMs = Math.floor(world.clock.now());

    const [event] = await receiveEvents();

    expect(event).toMatchObject({
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: 'us-east-1',
      eventTime: new Date(finishedMs).toISOString(),
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'created',
        bucket: { name: 'bucket', arn: 'arn:aws:s3:::bucket' },
        object: {
          key: 'a',
          size: 5,
          eTag: '5d41402abc4b2a76b9719d911017c592',
          sequencer: expect.stringMatching(/^[0-9A-F]+$/),
        },
      },
    });
  });

  test('gets keys encoded as a form’s', async () => {
    const { put, receiveEvents } = await createTestNotifications();
    await put('red flower+ü/1.jpg');

    const [event] = await receiveEvents();

    expect(event?.s3.object.key).toBe('red+flower%2B%C3%BC/1.jpg');
  });

  test('hears nothing at once, and everything in a while', async () => {
    const { put, pass, receiveEvents } = await createTestNotifications();
    await put('a');

    await pass(100);

    expect(await receiveEvents({ afterMs: 0 })).toEqual([]);
    expect(await receiveEvents()).toHaveLength(1);
  });

  test('can put the events of one key into their order by the sequencer', async () => {
    const { put, receiveEvents } = await createTestNotifications();
    for (const body of ['1', '22', '333', '4444']) await put('a', body);

    const events = await receiveEvents();

    const bySequencer = events.toSorted((a, b) => (a.s3.object.sequencer < b.s3.object.sequencer ? -1 : 1));
    expect(bySequencer.map(({ s3 }) => s3.object.size)).toEqual([1, 2, 3, 4]);
  });

  test.each([
    ['in/a.json', 1],
    ['in/a.txt', 0],
    ['out/a.json', 0],
  ])('with a filter of in/ and .json hears of %s %i times', async (key, count) => {
    const filter = {
      Key: {
        FilterRules: [
          { Name: 'prefix', Value: 'in/' },
          { Name: 'suffix', Value: '.json' },
        ],
      },
    };
    const { put, receiveEvents } = await createTestNotifications({ Filter: filter });

    await put(key);

    expect(await receiveEvents()).toHaveLength(count);
  });

  test('that asks for copies hears of nothing else', async () => {
    const { put, s3, receiveEvents } = await createTestNotifications({ Events: ['s3:ObjectCreated:Copy'] });
    await put('a');
    await s3('CopyObject', { Key: 'b', CopySource: 'bucket/a' });

    expect((await receiveEvents()).map(({ eventName }) => eventName)).toEqual(['ObjectCreated:Copy']);
  });

  test('hears of a deletion, but not of what was not there', async () => {
    const { put, s3, receiveEvents } = await createTestNotifications({ Events: ['s3:ObjectRemoved:*'] });
    await put('a');
    await s3('DeleteObject', { Key: 'a' });
    await s3('DeleteObject', { Key: 'none' });

    const events = await receiveEvents();

    expect(events.map(({ eventName }) => eventName)).toEqual(['ObjectRemoved:Delete']);
    expect(events[0]?.s3.object).not.toHaveProperty('size');
  });
});

describe('a configuration', () => {
  test('sends a test event first', async () => {
    const { testEvent } = await createTestNotifications();

    expect(testEvent).toMatchObject({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'bucket' });
  });

  test('is refused when the queue is not there', async () => {
    const { configure, queueArn } = await createTestNotifications();

    await expect(configure({ QueueArn: `${queueArn}-other` })).rejects.toMatchObject({
      code: 'InvalidArgument',
      message: 'Unable to validate the following destination configurations',
    });
  });

  test('is refused when the queue’s policy does not let S3 send for this bucket', async () => {
    await expect(createTestNotifications({}, { allows: () => false })).rejects.toMatchObject({
      message: 'Unable to validate the following destination configurations',
    });
  });

  test('asks the queue’s policy as s3.amazonaws.com, for the bucket', async () => {
    const { callers } = await createTestNotifications();

    expect(callers).toContainEqual({ kind: 'service', service: 's3.amazonaws.com', sourceArn: 'arn:aws:s3:::bucket' });
  });

  test.each([
    [['s3:ObjectCreated:*'], ['s3:ObjectCreated:Put']],
    [['s3:ObjectCreated:Put'], ['s3:ObjectCreated:Put']],
  ])('with %j and %j for the same objects overlaps', async (first, second) => {
    const { s3, queueArn } = await createTestNotifications();
    const QueueConfigurations = [first, second].map((Events) => ({ QueueArn: queueArn, Events }));

    await expect(
      s3('PutBucketNotificationConfiguration', { NotificationConfiguration: { QueueConfigurations } }),
    ).rejects.toMatchObject({ code: 'InvalidArgument', message: expect.stringContaining('Configurations overlap.') });
  });

  test('is shown as it was given', async () => {
    const { s3, queueArn } = await createTestNotifications();

    expect(await s3('GetBucketNotificationConfiguration')).toEqual({
      QueueConfigurations: [{ Id: 'created', QueueArn: queueArn, Events: ['s3:ObjectCreated:*'] }],
    });
  });
});

describe('a function', () => {
  const CODE = 'exports.handler = async (event) => { console.log(event.Records[0].s3.object.key); };';

  test('is invoked with the event', async () => {
    const { put, s3, pass, createFunction, services } = createTestBucket();
    const LambdaFunctionArn = createFunction(CODE);
    const LambdaFunctionConfigurations = [{ LambdaFunctionArn, Events: ['s3:ObjectCreated:*'] }];
    await s3('PutBucketNotificationConfiguration', { NotificationConfiguration: { LambdaFunctionConfigurations } });

    await put('a b');
    await pass(60_000);

    expect(services.lambda.logsOf('tested').join()).toContain('a+b');
  });

  test('that is not there is refused', async () => {
    const { s3 } = createTestBucket();
    const LambdaFunctionArn = 'arn:aws:lambda:us-east-1:000000000000:function:none';
    const LambdaFunctionConfigurations = [{ LambdaFunctionArn, Events: ['s3:ObjectCreated:*'] }];

    await expect(
      s3('PutBucketNotificationConfiguration', { NotificationConfiguration: { LambdaFunctionConfigurations } }),
    ).rejects.toMatchObject({ message: 'Unable to validate the following destination configurations' });
  });
});

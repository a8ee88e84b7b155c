// One delivery stream: transform buffer → function → S3 buffer → object.
// https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html and basic-deliver.html

import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import type { Random } from '../kernel/random.ts';
import type { World } from '../kernel/world.ts';
import { renderObjectKey } from './object-key.ts';
import type { DestinationSettings, DestinationUpdate } from './settings.ts';
import { parseSettings } from './settings.ts';
import { storeObject } from './store-object.ts';
import { TimedBuffer } from './timed-buffer.ts';

export interface BufferedRecord {
  readonly recordId: string;
  readonly arrivedMs: number;
  readonly data: Buffer;
}

const BYTES_PER_MB = 1024 * 1024;
/** "Up to 5 outstanding Lambda invocations per shard": https://docs.aws.amazon.com/firehose/latest/dev/limits.html */
const INVOCATIONS_MAX = 5;
const RETRY_DELAY_MS = 1000;

const transformedSchema = z.object({
  records: z.array(
    // Strict: metadata would ask for dynamic partitioning, which is not modelled.
    z.strictObject({
      recordId: z.string(),
      result: z.enum(['Ok', 'Dropped', 'ProcessingFailed']),
      data: z.string().nullish(),
    }),
  ),
});

export class DeliveryStream {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
  /** As asked for last, to be merged with what an update leaves out. */
  destination: DestinationUpdate;
  /** Counts the configurations asked for, from 1. */
  versionId = 1;
  /** What is in force, and under which version. */
  #inForce: { settings: DestinationSettings; version: number };
  readonly #world: World;
  readonly #random: Random;
  readonly #transformBuffer: TimedBuffer<BufferedRecord>;
  readonly #s3Buffer: TimedBuffer<BufferedRecord>;
  #invocations = 0;
  readonly #awaitingInvocation: (() => void)[] = [];

  constructor(world: World, props: { name: string; arn: string; destination: DestinationUpdate }) {
    this.name = props.name;
    this.arn = props.arn;
    this.destination = props.destination;
    this.createdMs = world.clock.now();
    this.#inForce = { settings: parseSettings(props.destination), version: 1 };
    this.#world = world;
    this.#random = world.random(`firehose/${props.name}`);
    const { clock } = world;
    this.#transformBuffer = new TimedBuffer({
      clock,
      limits: () => computeLimits(this.#inForce.settings.transform ?? { sizeMbs: 0, intervalSeconds: 0 }),
      flush: (records) => clock.spawn(() => this.#transform(records)),
    });
    this.#s3Buffer = new TimedBuffer({
      clock,
      limits: () => computeLimits(this.#inForce.settings),
      flush: (records) => clock.spawn(() => this.#store(records)),
    });
  }

  /** Gives the records' ids. */
  put(data: readonly Buffer[]): string[] {
    const arrivedMs = Math.floor(this.#world.clock.now());
    const records = data.map((bytes) => ({ recordId: this.#random.text(32, '0123456789'), arrivedMs, data: bytes }));
    const buffer = this.#inForce.settings.transform ? this.#transformBuffer : this.#s3Buffer;
    buffer.add(records, sizeOf);
    this.#count('IncomingRecords', records.length);
    this.#count(
      'IncomingBytes',
      data.reduce((sum, { length }) => sum + length, 0),
    );
    return records.map(({ recordId }) => recordId);
  }

  /** The version counts up at once; the settings come into force later. @throws {AwsError} `InvalidArgumentException`. */
  update(destination: DestinationUpdate): void {
    const settings = parseSettings(destination);
    this.destination = destination;
    const version = ++this.versionId;
    this.#world.clock.after(this.#world.sampleLatencyMs('firehose.update'), () => {
      // A later update may have come into force before this one.
      if (version > this.#inForce.version) this.#inForce = { settings, version };
    });
  }

  async #transform(records: readonly BufferedRecord[]): Promise<void> {
    const { settings } = this.#inForce;
    if (!settings.transform) return;
    await this.#acquireInvocation();
    const { clock } = this.#world;
    await clock.sleep(this.#world.sampleLatencyMs('hop.firehose-to-lambda'));
    let results: z.output<typeof transformedSchema>['records'] | undefined;
    for (let attempt = 0; !results && attempt <= settings.transform.retries; attempt++) {
      if (attempt > 0) await clock.sleep(RETRY_DELAY_MS);
      results = await this.#invoke(settings.transform, records);
    }
    this.#releaseInvocation();
    const resultOf = new Map(results?.map((result) => [result.recordId, result]));
    const transformed: BufferedRecord[] = [];
    const failed: BufferedRecord[] = [];
    for (const record of records) {
      const result = resultOf.get(record.recordId);
      if (result?.result === 'Ok') transformed.push({ ...record, data: Buffer.from(result.data ?? '', 'base64') });
      else if (result?.result !== 'Dropped') failed.push(record);
    }
    this.#count('SucceedProcessing.Records', transformed.length);
    this.#s3Buffer.add(transformed, sizeOf);
    if (failed.length > 0) await this.#storeFailed(failed, settings);
  }

  /** Undefined when the function could not be invoked, failed, or gave no answer that Firehose understands. */
  async #invoke(
    { functionArn, roleArn }: { functionArn: string; roleArn: string },
    records: readonly BufferedRecord[],
  ): Promise<z.output<typeof transformedSchema>['records'] | undefined> {
    const event = {
      invocationId: this.#random.uuid(),
      deliveryStreamArn: this.arn,
      region: this.#world.region,
      records: records.map(({ recordId, arrivedMs, data }) => ({
        recordId,
        approximateArrivalTimestamp: arrivedMs,
        data: data.toString('base64'),
      })),
    };
    try {
      const answer = await this.#world.gateway.call({
        service: 'lambda',
        operation: 'Invoke',
        caller: { kind: 'role', roleArn, sessionName: this.name },
        input: { FunctionName: functionArn, Payload: Buffer.from(JSON.stringify(event)) },
      });
      const { FunctionError, Payload } = z
        .object({ FunctionError: z.string().optional(), Payload: z.instanceof(Buffer) })
        .parse(answer);
      return FunctionError ? undefined : transformedSchema.safeParse(JSON.parse(Payload.toString())).data?.records;
    } catch (error) {
      if (error instanceof AwsError) return undefined;
      throw error;
    }
  }

  async #store(records: readonly BufferedRecord[]): Promise<void> {
    const { settings, version } = this.#inForce;
    const delimiter = settings.appendDelimiter ? Buffer.from('\n') : Buffer.alloc(0);
    const body = Buffer.concat(records.flatMap(({ data }) => [data, delimiter]));
    await this.#storeUnder(settings.prefix, records, body, { settings, version });
    this.#count('DeliveryToS3.Records', records.length);
    this.#count('DeliveryToS3.Success', 1);
  }

  /** As https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html describes them. */
  async #storeFailed(records: readonly BufferedRecord[], settings: DestinationSettings): Promise<void> {
    const nowMs = Math.floor(this.#world.clock.now());
    const lines = records.map(({ arrivedMs, data }) =>
      JSON.stringify({
        attemptsMade: (settings.transform?.retries ?? 0) + 1,
        arrivalTimestamp: arrivedMs,
        errorCode: 'Lambda.FunctionError',
        errorMessage: 'The Lambda function was successfully invoked but it returned an error result.',
        attemptEndingTimestamp: nowMs,
        rawData: data.toString('base64'),
        lambdaArn: settings.transform?.functionArn,
      }),
    );
    const prefix = settings.errorOutputPrefix.includes('!{firehose:error-output-type}')
      ? settings.errorOutputPrefix
      : `${settings.errorOutputPrefix}processing-failed/`;
    await this.#storeUnder(prefix, records, Buffer.from(`${lines.join('\n')}\n`), this.#inForce);
  }

  async #storeUnder(
    prefix: string,
    records: readonly BufferedRecord[],
    body: Buffer,
    { settings, version }: { settings: DestinationSettings; version: number },
  ): Promise<void> {
    const key = renderObjectKey(prefix, {
      streamName: this.name,
      version,
      oldestMs: records[0]?.arrivedMs ?? 0,
      fileExtension: settings.fileExtension,
      random: this.#random,
    });
    await this.#world.clock.sleep(this.#world.sampleLatencyMs('hop.firehose-to-s3'));
    await storeObject(this.#world, { streamName: this.name, settings, key, body });
  }

  async #acquireInvocation(): Promise<void> {
    if (this.#invocations < INVOCATIONS_MAX) {
      this.#invocations++;
      return;
    }
    await new Promise<void>((resolve) => {
      this.#awaitingInvocation.push(resolve);
    });
  }

  /** Hands the place on to whoever has waited longest. */
  #releaseInvocation(): void {
    const next = this.#awaitingInvocation.shift();
    if (next) next();
    else this.#invocations--;
  }

  #count(metricName: string, value: number): void {
    this.#world.metrics.record({
      namespace: 'AWS/Firehose',
      metricName,
      dimensions: { DeliveryStreamName: this.name },
      value,
      timeMs: this.#world.clock.now(),
    });
  }
}

function computeLimits({ sizeMbs, intervalSeconds }: { sizeMbs: number; intervalSeconds: number }) {
  return { bytes: sizeMbs * BYTES_PER_MB, intervalMs: intervalSeconds * 1000 };
}

function sizeOf({ data }: BufferedRecord): number {
  return data.length;
}

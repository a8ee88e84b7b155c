// One delivery stream: transform buffer → function → S3 buffer → object.
// https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html and basic-deliver.html

import { gzipSync } from 'node:zlib';
import type { Random } from '../kernel/random.ts';
import type { World } from '../kernel/world.ts';
import { ObjectDelivery } from './object-delivery.ts';
import { renderObjectKey } from './object-key.ts';
import type { PrefixExpression } from './prefix-expression.ts';
import { type BufferedRecord, computeOldestMs } from './record.ts';
import { type DestinationSettings, type DestinationUpdate, parseSettings, type TransformSettings } from './settings.ts';
import { TimedBuffer } from './timed-buffer.ts';
import { renderFailedRecord } from './transform-failure.ts';
import { Transformer, type TransformOutcome } from './transformer.ts';

export interface DeliveryStreamProps {
  readonly name: string;
  readonly arn: string;
  readonly destination: DestinationUpdate;
}

interface Configuration {
  readonly settings: DestinationSettings;
  readonly version: number;
}

/** Each record counts as a multiple of this: https://aws.amazon.com/kinesis/data-firehose/pricing/ */
const BILLED_BYTES_STEP = 5120;
const RECORD_ID_DIGITS = 32;

export class DeliveryStream {
  readonly name: string;
  readonly arn: string;
  /** Epoch milliseconds. */
  readonly createdMs: number;
  updatedMs: number | undefined;
  /** As asked for last, to be merged with what an update leaves out. */
  destination: DestinationUpdate;
  /** Counts the configurations asked for, from 1. */
  versionId = 1;
  /** What records were billed as so far. */
  billedBytes = 0;
  /** A buffer that is being filled goes by the configuration that it was begun under. */
  #inForce: Configuration;
  #isDiscarded = false;
  readonly #world: World;
  /** Of its metrics: frozen, so that the metric store finds them faster. */
  readonly #dimensions: Readonly<Record<string, string>>;
  readonly #random: Random;
  readonly #transformer: Transformer;
  readonly #transformBuffer: TimedBuffer<BufferedRecord, Configuration & { readonly transform: TransformSettings }>;
  readonly #s3Buffer: TimedBuffer<BufferedRecord, Configuration & { readonly object: ObjectDelivery }>;

  /** @throws {AwsError} `InvalidArgumentException`. @throws {UnsupportedFeatureError} */
  constructor(world: World, props: DeliveryStreamProps) {
    this.name = props.name;
    this.arn = props.arn;
    this.destination = props.destination;
    this.createdMs = world.clock.now();
    this.#inForce = { settings: parseSettings(props.destination), version: 1 };
    this.#world = world;
    this.#random = world.random(`firehose/${props.name}`);
    this.#dimensions = Object.freeze({ DeliveryStreamName: props.name });
    this.#transformer = new Transformer(world, this.#random, props, (durationMs, succeeded) => {
      this.#count('ExecuteProcessing.Duration', durationMs);
      this.#count('ExecuteProcessing.Success', succeeded ? 1 : 0);
    });
    const { clock } = world;
    const sizeOf = ({ data }: BufferedRecord) => data.length;
    this.#transformBuffer = new TimedBuffer(clock, {
      sizeOf,
      open: () => ({ ...this.#inForce, transform: requireTransform(this.#inForce.settings) }),
      limitsOf: ({ transform }) => transform.limits,
      flush: (records, opened) => clock.spawn(() => this.#transform(records, opened.transform, opened)),
    });
    this.#s3Buffer = new TimedBuffer(clock, {
      sizeOf,
      open: ({ arrivedMs }) => ({ ...this.#inForce, object: this.#beginObject(this.#inForce, arrivedMs) }),
      limitsOf: ({ settings }) => settings.limits,
      flush: (records, opened) => clock.spawn(() => this.#store(records, opened.object, opened)),
    });
  }

  /** Gives the records' ids. */
  put(data: readonly Buffer[], operation: 'PutRecord' | 'PutRecordBatch'): string[] {
    const arrivedMs = Math.floor(this.#world.clock.now());
    const records = data.map((bytes) => ({
      recordId: this.#random.text(RECORD_ID_DIGITS, '0123456789'),
      arrivedMs,
      data: bytes,
      sourceBytes: bytes.length,
    }));
    if (this.#inForce.settings.transform) this.#transformBuffer.add(records);
    else this.#s3Buffer.add(records);
    for (const { length } of data) this.billedBytes += Math.ceil(length / BILLED_BYTES_STEP) * BILLED_BYTES_STEP;
    const bytes = sumSourceBytes(records);
    this.#count('IncomingRecords', records.length);
    this.#count('IncomingBytes', bytes);
    this.#count('IncomingPutRequests', 1);
    this.#count(`${operation}.Requests`, 1);
    this.#count(`${operation}.Bytes`, bytes);
    if (operation === 'PutRecordBatch') this.#count('PutRecordBatch.Records', records.length);
    return records.map(({ recordId }) => recordId);
  }

  /**
   * The version counts up at once; the settings come into force later.
   * @throws {AwsError} `InvalidArgumentException`. @throws {UnsupportedFeatureError}
   */
  update(destination: DestinationUpdate): void {
    const settings = parseSettings(destination);
    const { clock } = this.#world;
    this.destination = destination;
    this.updatedMs = clock.now();
    const version = ++this.versionId;
    clock.after(this.#world.sampleLatencyMs('firehose.update'), () => {
      // A later update may have come into force before this one.
      if (version > this.#inForce.version) this.#inForce = { settings, version };
    });
  }

  /** Delivers nothing any more but what is being stored already. */
  discard(): void {
    this.#isDiscarded = true;
    this.#transformBuffer.discard();
    this.#s3Buffer.discard();
  }

  async #transform(
    records: readonly BufferedRecord[],
    transform: TransformSettings,
    configuration: Configuration,
  ): Promise<void> {
    const outcome = await this.#transformer.transform(records, transform);
    if (this.#isDiscarded) return;
    const { transformed, failed } = outcome;
    // "If a record has a status of Ok or Dropped, Firehose considers it successfully processed."
    this.#count('SucceedProcessing.Records', records.length - failed.length);
    const failedBytes = sumSourceBytes(failed.map(({ record }) => record));
    this.#count('SucceedProcessing.Bytes', sumSourceBytes(records) - failedBytes);
    this.#s3Buffer.add(transformed);
    if (failed.length > 0) await this.#storeFailed(outcome, transform, configuration);
  }

  async #store(records: readonly BufferedRecord[], object: ObjectDelivery, { settings }: Configuration): Promise<void> {
    const delimiter = settings.appendsDelimiter ? [Buffer.from('\n')] : [];
    const body = Buffer.concat(records.flatMap(({ data }) => [data, ...delimiter]));
    if (!(await object.store(settings.isCompressed ? gzipSync(body) : body))) return;
    this.#count('DeliveryToS3.Records', records.length);
    this.#count('DeliveryToS3.Bytes', sumSourceBytes(records));
    this.#count('DeliveryToS3.DataFreshness', (this.#world.clock.now() - computeOldestMs(records)) / 1000);
  }

  /** What failed is stored at once and by itself. Whether AWS buffers it, and how, is not documented. */
  async #storeFailed(
    { failed, attempts }: TransformOutcome,
    { functionArn }: TransformSettings,
    configuration: Configuration,
  ): Promise<void> {
    const lines = failed.map((record) => `${renderFailedRecord(record, { ...attempts, functionArn })}\n`);
    const oldestMs = computeOldestMs(failed.map(({ record }) => record));
    const { settings } = configuration;
    const object = this.#beginObject(configuration, oldestMs, settings.errorOutputPrefix);
    const body = Buffer.from(lines.join(''));
    await object.store(settings.isCompressed ? gzipSync(body) : body);
  }

  #beginObject(
    { settings, version }: Configuration,
    oldestMs: number,
    prefix: PrefixExpression = settings.prefix,
  ): ObjectDelivery {
    const { fileExtension } = settings;
    const key = renderObjectKey({
      prefix,
      streamName: this.name,
      version,
      oldestMs,
      fileExtension,
      random: this.#random,
    });
    return new ObjectDelivery(this.#world, {
      streamName: this.name,
      settings,
      key,
      isDiscarded: () => this.#isDiscarded,
      onAttempt: (succeeded) => this.#count('DeliveryToS3.Success', succeeded ? 1 : 0),
    });
  }

  #count(metricName: string, value: number): void {
    this.#world.metrics.record({
      namespace: 'AWS/Firehose',
      metricName,
      dimensions: this.#dimensions,
      value,
      unit: findUnit(metricName),
      timeMs: this.#world.clock.now(),
    });
  }
}

function findUnit(metricName: string): string {
  if (metricName.endsWith('Duration')) return 'Milliseconds';
  if (metricName.endsWith('DataFreshness')) return 'Seconds';
  return metricName.endsWith('Bytes') ? 'Bytes' : 'Count';
}

function requireTransform({ transform }: DestinationSettings): TransformSettings {
  if (transform) return transform;
  throw new TypeError('records were put into the transform buffer of a stream that has no transform');
}

function sumSourceBytes(records: readonly BufferedRecord[]): number {
  return records.reduce((sum, { sourceBytes }) => sum + sourceBytes, 0);
}

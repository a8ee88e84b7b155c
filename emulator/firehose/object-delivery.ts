// One object on its way to the bucket: in parts when Firehose buffers for less than a minute, else in one.
// https://docs.aws.amazon.com/firehose/latest/dev/create-configure-backup.html#buffering-hints

import { z } from 'zod';
import { NoSuchRoleError } from '../iam/policy-store.ts';
import { AwsError } from '../kernel/errors.ts';
import type { World } from '../kernel/world.ts';
import type { DestinationSettings } from './settings.ts';

const IN_PARTS_BELOW_MS = 60_000;
/** "Data is kept up to 24 hours": https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html */
const KEPT_MS = 24 * 3_600_000;
const RETRY_DELAY_MS = 60_000;

const uploadSchema = z.object({ UploadId: z.string() });
const partSchema = z.object({ ETag: z.string() });

export interface ObjectDeliveryProps {
  readonly streamName: string;
  readonly settings: DestinationSettings;
  readonly key: string;
  /** Called after every attempt. */
  readonly onAttempt: (succeeded: boolean) => void;
  /** Asked before another attempt: its stream may be gone. */
  readonly isDiscarded: () => boolean;
}

export class ObjectDelivery {
  readonly #world: World;
  readonly #props: ObjectDeliveryProps;

  constructor(world: World, props: ObjectDeliveryProps) {
    this.#world = world;
    this.#props = props;
  }

  /** Whether the body is in the bucket: it is given up when a day of attempts has failed. */
  async store(body: Buffer): Promise<boolean> {
    const { clock } = this.#world;
    const giveUpMs = clock.now() + KEPT_MS;
    await clock.sleep(this.#world.sampleLatencyMs('hop.firehose-to-s3'));
    for (;;) {
      const succeeded = await this.#tryToStore(body);
      this.#props.onAttempt(succeeded);
      if (succeeded || clock.now() + RETRY_DELAY_MS > giveUpMs) return succeeded;
      await clock.sleep(RETRY_DELAY_MS);
      if (this.#props.isDiscarded()) return false;
    }
  }

  get #isInParts(): boolean {
    return this.#props.settings.limits.intervalMs < IN_PARTS_BELOW_MS;
  }

  async #tryToStore(body: Buffer): Promise<boolean> {
    try {
      if (this.#isInParts) await this.#storeInParts(body);
      else await this.#call('PutObject', { Body: body });
      return true;
    } catch (error) {
      // A role may have gone since the stream was made.
      if (!(error instanceof AwsError || error instanceof NoSuchRoleError)) throw error;
      return false;
    }
  }

  /** AWS does not say when it begins an upload; here it is when the body is complete. */
  async #storeInParts(body: Buffer): Promise<void> {
    const { UploadId } = uploadSchema.parse(await this.#call('CreateMultipartUpload', {}));
    const { ETag } = partSchema.parse(await this.#call('UploadPart', { UploadId, PartNumber: 1, Body: body }));
    await this.#call('CompleteMultipartUpload', { UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } });
  }

  #call(operation: string, input: object): Promise<unknown> {
    const { streamName, settings, key } = this.#props;
    return this.#world.gateway.call({
      service: 's3',
      operation,
      caller: { kind: 'role', roleArn: settings.roleArn, sessionName: streamName },
      input: { Bucket: settings.bucketName, Key: key, ...input },
    });
  }
}

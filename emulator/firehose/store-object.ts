// Firehose's way of writing to S3: in parts when it buffers for less than a minute, else in one.
// https://docs.aws.amazon.com/firehose/latest/dev/create-configure-backup.html#buffering-hints

import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import type { World } from '../kernel/world.ts';
import type { DestinationSettings } from './settings.ts';

const MULTIPART_INTERVAL_SECONDS = 60;
/** "Data is kept up to 24 hours": https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html */
const KEPT_MS = 24 * 3_600_000;
const RETRY_DELAY_MS = 60_000;

export async function storeObject(
  world: World,
  object: { streamName: string; settings: DestinationSettings; key: string; body: Buffer },
): Promise<void> {
  const { streamName, settings, key } = object;
  const body = settings.compress ? gzipSync(object.body) : object.body;
  const location = { Bucket: settings.bucketName, Key: key };
  const call = (operation: string, input: object) =>
    world.gateway.call({
      service: 's3',
      operation,
      caller: { kind: 'role', roleArn: settings.roleArn, sessionName: streamName },
      input: { ...location, ...input },
    });
  const giveUpMs = world.clock.now() + KEPT_MS;
  for (;;) {
    try {
      if (settings.intervalSeconds < MULTIPART_INTERVAL_SECONDS) await storeInParts(call, body);
      else await call('PutObject', { Body: body });
      return;
    } catch (error) {
      if (!(error instanceof AwsError) || world.clock.now() > giveUpMs) throw error;
      await world.clock.sleep(RETRY_DELAY_MS);
    }
  }
}

async function storeInParts(call: (operation: string, input: object) => Promise<unknown>, body: Buffer): Promise<void> {
  const { UploadId } = z.object({ UploadId: z.string() }).parse(await call('CreateMultipartUpload', {}));
  const { ETag } = z
    .object({ ETag: z.string() })
    .parse(await call('UploadPart', { UploadId, PartNumber: 1, Body: body }));
  await call('CompleteMultipartUpload', { UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } });
}

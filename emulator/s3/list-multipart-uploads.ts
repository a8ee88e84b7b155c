import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { Upload } from './bucket.ts';
import { computeLimit, createTextEncoder, listingMembers } from './list-page.ts';
import { computeOwner } from './owner.ts';
import { needBucket, type S3State } from './s3-state.ts';
import { compareUtf8 } from './utf8-order.ts';

interface Entry {
  readonly text: string;
  /** Undefined for a common prefix. */
  readonly upload: Upload | undefined;
}

/** By key, then by initiation: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export function listMultipartUploads(state: S3State): Operation {
  return defineOperation({
    name: 'ListMultipartUploads',
    input: z.strictObject({
      ...listingMembers,
      MaxUploads: z.int().optional(),
      KeyMarker: z.string().default(''),
      UploadIdMarker: z.string().default(''),
    }),
    needs: (input) => needBucket(state, 's3:ListBucketMultipartUploads', input),
    handle(input) {
      const { Bucket, Prefix, Delimiter, KeyMarker, UploadIdMarker, EncodingType } = input;
      const encode = createTextEncoder(EncodingType);
      const limit = computeLimit(input.MaxUploads, 'max-uploads');
      const uploads = sortUploads([...state.findBucket(input).uploads.values()], Prefix);
      const behind = dropUntil(group(uploads, Prefix, Delimiter), KeyMarker, UploadIdMarker);
      const page = behind.slice(0, limit);
      const isTruncated = limit > 0 && behind.length > limit;
      const last = page.at(-1);
      const Owner = computeOwner(state.world.accountId);
      return {
        Bucket,
        KeyMarker: encode(KeyMarker),
        UploadIdMarker,
        ...(isTruncated &&
          last && {
            NextKeyMarker: encode(last.text),
            NextUploadIdMarker: last.upload?.uploadId ?? '',
          }),
        Prefix: encode(Prefix),
        ...(Delimiter && { Delimiter: encode(Delimiter) }),
        MaxUploads: limit,
        IsTruncated: isTruncated,
        Uploads: page.flatMap(({ upload }) =>
          upload ? [{ ...describeUpload(upload), Key: encode(upload.key), Owner }] : [],
        ),
        CommonPrefixes: page.flatMap(({ text, upload }) => (upload ? [] : [{ Prefix: encode(text) }])),
        ...(EncodingType !== undefined && { EncodingType }),
      };
    },
  });
}

function sortUploads(uploads: readonly Upload[], prefix: string): Upload[] {
  return uploads
    .filter(({ key }) => key.startsWith(prefix))
    .sort((a, b) => compareUtf8(a.key, b.key) || a.initiatedMs - b.initiatedMs || compareUtf8(a.uploadId, b.uploadId));
}

function group(uploads: readonly Upload[], prefix: string, delimiter: string | undefined): Entry[] {
  const entries: Entry[] = [];
  for (const upload of uploads) {
    const delimiterStart = delimiter ? upload.key.indexOf(delimiter, prefix.length) : -1;
    if (!delimiter || delimiterStart < 0) {
      entries.push({ text: upload.key, upload });
      continue;
    }
    const text = upload.key.slice(0, delimiterStart + delimiter.length);
    if (entries.at(-1)?.text !== text) entries.push({ text, upload: undefined });
  }
  return entries;
}

/** Without an upload to go on behind, all of the marker's key are left out. */
function dropUntil(entries: readonly Entry[], keyMarker: string, uploadIdMarker: string): readonly Entry[] {
  if (keyMarker === '') return entries;
  const markerIndex = entries.findIndex(
    ({ upload }) => upload?.key === keyMarker && upload.uploadId === uploadIdMarker,
  );
  if (uploadIdMarker !== '' && markerIndex >= 0) return entries.slice(markerIndex + 1);
  return entries.filter(({ text }) => compareUtf8(text, keyMarker) > 0);
}

function describeUpload({ uploadId, initiatorId, initiatedMs, checksum }: Upload): Record<string, unknown> {
  return {
    UploadId: uploadId,
    Initiator: { ID: initiatorId },
    StorageClass: 'STANDARD',
    Initiated: initiatedMs / 1000,
    ...(checksum && { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
  };
}

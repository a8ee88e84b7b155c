// What an object keeps besides its body: standard headers, metadata of the user's own, tags.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html

import { z } from 'zod';
import { UnsupportedFeatureError } from '../kernel/errors.ts';
import { invalidArgument, S3Error } from './s3-error.ts';

/** Of names and values together, in bytes of UTF-8. */
const USER_METADATA_BYTES_MAX = 2048;
const STORAGE_CLASSES: ReadonlySet<string> = new Set([
  'DEEP_ARCHIVE',
  'EXPRESS_ONEZONE',
  'FSX_ONTAP',
  'FSX_OPENZFS',
  'GLACIER',
  'GLACIER_IR',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'OUTPOSTS',
  'REDUCED_REDUNDANCY',
  'SNOW',
  'STANDARD_IA',
]);
/** What S3 takes when a request names none. */
const CONTENT_TYPE_DEFAULT = 'binary/octet-stream';

export interface ObjectHeaders {
  readonly ContentType: string;
  readonly CacheControl?: string;
  readonly ContentDisposition?: string;
  readonly ContentEncoding?: string;
  readonly ContentLanguage?: string;
  /** An HTTP date, kept as it came. */
  readonly Expires?: string;
  /** Names in lower case, without `x-amz-meta-`. */
  readonly Metadata: Readonly<Record<string, string>>;
}

/** Members of every operation that makes an object. */
export const headerMembers = {
  CacheControl: z.string().optional(),
  ContentDisposition: z.string().optional(),
  ContentEncoding: z.string().optional(),
  ContentLanguage: z.string().optional(),
  ContentType: z.string().optional(),
  Expires: z.string().optional(),
  Metadata: z.record(z.string(), z.string()).optional(),
};

/** Members that choose how an object is kept: of each, one value is modelled. */
export const storageMembers = {
  ACL: z.string().optional(),
  ServerSideEncryption: z.string().optional(),
  StorageClass: z.string().optional(),
};

type Given<Members extends z.core.$ZodLooseShape> = z.output<z.ZodObject<Members>>;

/** @throws {S3Error} `MetadataTooLarge`. */
export function createObjectHeaders(input: Given<typeof headerMembers>): ObjectHeaders {
  const { CacheControl, ContentDisposition, ContentEncoding, ContentLanguage, ContentType, Expires } = input;
  const metadata = Object.entries(input.Metadata ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const bytes = metadata.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (bytes > USER_METADATA_BYTES_MAX) {
    throw new S3Error('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', {
      details: { Size: String(bytes), MaxSizeAllowed: String(USER_METADATA_BYTES_MAX) },
    });
  }
  return {
    ContentType: ContentType || CONTENT_TYPE_DEFAULT,
    ...(CacheControl && { CacheControl }),
    ...(ContentDisposition && { ContentDisposition }),
    ...(ContentEncoding && { ContentEncoding }),
    ...(ContentLanguage && { ContentLanguage }),
    ...(Expires && { Expires }),
    Metadata: Object.fromEntries(metadata),
  };
}

/**
 * @throws {UnsupportedFeatureError} for storage classes and encryption that AWS has and the emulator does not model.
 * @throws {S3Error} `InvalidStorageClass`, `AccessControlListNotSupported`, `InvalidArgument`.
 */
export function assertStorage(operation: string, input: Given<typeof storageMembers>): void {
  const { ACL, ServerSideEncryption = 'AES256', StorageClass = 'STANDARD' } = input;
  if (STORAGE_CLASSES.has(StorageClass)) throw new UnsupportedFeatureError(operation, `StorageClass ${StorageClass}`);
  if (StorageClass !== 'STANDARD') {
    throw new S3Error('InvalidStorageClass', 'The storage class you specified is not valid', {
      details: { StorageClassRequested: StorageClass },
    });
  }
  if (ServerSideEncryption.startsWith('aws:')) {
    throw new UnsupportedFeatureError(operation, `ServerSideEncryption ${ServerSideEncryption}`);
  }
  if (ServerSideEncryption !== 'AES256') {
    throw invalidArgument(
      'The encryption method specified is not supported',
      'x-amz-server-side-encryption',
      ServerSideEncryption,
    );
  }
  // Buckets are made with access control lists disabled, and then these two say what holds anyway.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
  if (ACL !== undefined && ACL !== 'private' && ACL !== 'bucket-owner-full-control') {
    throw new S3Error('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  }
}

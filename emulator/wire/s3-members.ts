// Where S3's wire puts the members of its API: names of headers and query parameters, and kinds of values.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html

/** Headers of requests and responses under their members' names. What is not modelled among them, the operations refuse. */
export const HEADER_MEMBERS: Readonly<Record<string, string>> = {
  'accept-ranges': 'AcceptRanges',
  'cache-control': 'CacheControl',
  'content-disposition': 'ContentDisposition',
  'content-encoding': 'ContentEncoding',
  'content-language': 'ContentLanguage',
  'content-length': 'ContentLength',
  'content-md5': 'ContentMD5',
  'content-range': 'ContentRange',
  'content-type': 'ContentType',
  etag: 'ETag',
  expires: 'Expires',
  'if-match': 'IfMatch',
  'if-modified-since': 'IfModifiedSince',
  'if-none-match': 'IfNoneMatch',
  'if-range': 'IfRange',
  'if-unmodified-since': 'IfUnmodifiedSince',
  'last-modified': 'LastModified',
  location: 'Location',
  range: 'Range',
  'x-amz-access-point-alias': 'AccessPointAlias',
  'x-amz-acl': 'ACL',
  'x-amz-bucket-arn': 'BucketArn',
  'x-amz-bucket-region': 'BucketRegion',
  'x-amz-checksum-algorithm': 'ChecksumAlgorithm',
  'x-amz-checksum-crc32': 'ChecksumCRC32',
  'x-amz-checksum-crc32c': 'ChecksumCRC32C',
  'x-amz-checksum-crc64nvme': 'ChecksumCRC64NVME',
  'x-amz-checksum-mode': 'ChecksumMode',
  'x-amz-checksum-sha1': 'ChecksumSHA1',
  'x-amz-checksum-sha256': 'ChecksumSHA256',
  'x-amz-checksum-type': 'ChecksumType',
  'x-amz-copy-source': 'CopySource',
  'x-amz-copy-source-if-match': 'CopySourceIfMatch',
  'x-amz-copy-source-if-modified-since': 'CopySourceIfModifiedSince',
  'x-amz-copy-source-if-none-match': 'CopySourceIfNoneMatch',
  'x-amz-copy-source-if-unmodified-since': 'CopySourceIfUnmodifiedSince',
  'x-amz-copy-source-range': 'CopySourceRange',
  'x-amz-expected-bucket-owner': 'ExpectedBucketOwner',
  'x-amz-max-parts': 'MaxParts',
  'x-amz-metadata-directive': 'MetadataDirective',
  'x-amz-mp-object-size': 'MpuObjectSize',
  'x-amz-mp-parts-count': 'PartsCount',
  'x-amz-object-attributes': 'ObjectAttributes',
  'x-amz-object-ownership': 'ObjectOwnership',
  'x-amz-part-number-marker': 'PartNumberMarker',
  'x-amz-request-payer': 'RequestPayer',
  'x-amz-sdk-checksum-algorithm': 'ChecksumAlgorithm',
  'x-amz-server-side-encryption': 'ServerSideEncryption',
  'x-amz-skip-destination-validation': 'SkipDestinationValidation',
  'x-amz-source-expected-bucket-owner': 'ExpectedSourceBucketOwner',
  'x-amz-storage-class': 'StorageClass',
  'x-amz-tagging': 'Tagging',
  'x-amz-tagging-count': 'TagCount',
  'x-amz-tagging-directive': 'TaggingDirective',
  'x-amz-version-id': 'VersionId',
};

/** Headers that say something of a body. Where S3 keeps no body, it does not look at them. */
export const BODY_HEADERS: ReadonlySet<string> = new Set([
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-type',
  'expires',
]);

export const METADATA_PREFIX = 'x-amz-meta-';

export const QUERY_MEMBERS: Readonly<Record<string, string>> = {
  'bucket-region': 'BucketRegion',
  'continuation-token': 'ContinuationToken',
  delimiter: 'Delimiter',
  'encoding-type': 'EncodingType',
  'fetch-owner': 'FetchOwner',
  'key-marker': 'KeyMarker',
  marker: 'Marker',
  'max-buckets': 'MaxBuckets',
  'max-keys': 'MaxKeys',
  'max-parts': 'MaxParts',
  'max-uploads': 'MaxUploads',
  'part-number-marker': 'PartNumberMarker',
  partNumber: 'PartNumber',
  prefix: 'Prefix',
  'response-cache-control': 'ResponseCacheControl',
  'response-content-disposition': 'ResponseContentDisposition',
  'response-content-encoding': 'ResponseContentEncoding',
  'response-content-language': 'ResponseContentLanguage',
  'response-content-type': 'ResponseContentType',
  'response-expires': 'ResponseExpires',
  'start-after': 'StartAfter',
  'upload-id-marker': 'UploadIdMarker',
  uploadId: 'UploadId',
  'version-id-marker': 'VersionIdMarker',
  versionId: 'VersionId',
};

export const INTEGER_MEMBERS: ReadonlySet<string> = new Set([
  'MaxBuckets',
  'MaxKeys',
  'MaxParts',
  'MaxUploads',
  'MpuObjectSize',
  'PartNumber',
  'PartNumberMarker',
]);

export const BOOLEAN_MEMBERS: ReadonlySet<string> = new Set(['FetchOwner', 'Quiet', 'SkipDestinationValidation']);

/** Epoch seconds inside; HTTP dates in headers, ISO 8601 in XML. */
export const TIME_MEMBERS: ReadonlySet<string> = new Set([
  'CopySourceIfModifiedSince',
  'CopySourceIfUnmodifiedSince',
  'CreationDate',
  'IfModifiedSince',
  'IfUnmodifiedSince',
  'Initiated',
  'LastModified',
]);

/** Commas between, in one header. */
export const LIST_MEMBERS: ReadonlySet<string> = new Set(['ObjectAttributes']);

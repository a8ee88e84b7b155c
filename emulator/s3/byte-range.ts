// The `Range` header of reads. https://docs.aws.amazon.com/AmazonS3/latest/userguide/range-get-olap.html

import { S3Error } from './s3-error.ts';

export interface ByteRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/**
 * `bytes=0-9`, `bytes=10-`, `bytes=-5`. Undefined for what is no range, or several: S3 then gives the whole object, as
 * HTTP lets a server do (https://www.rfc-editor.org/rfc/rfc9110#section-14.2).
 * @throws {S3Error} `InvalidRange` (416) when nothing of the object is in it.
 */
export function parseByteRange(text: string, sizeBytes: number): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(text.trim()) ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? sizeBytes : Math.min(sizeBytes, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  if (start >= sizeBytes || end <= start) throw invalidRange(text, sizeBytes);
  return { start, end };
}

function invalidRange(text: string, sizeBytes: number): S3Error {
  return new S3Error('InvalidRange', 'The requested range is not satisfiable', {
    status: 416,
    details: { RangeRequested: text, ActualObjectSize: String(sizeBytes) },
    headers: { 'content-range': `bytes */${sizeBytes}` },
  });
}

/** The `Content-Range` header. */
export function renderContentRange({ start, end }: ByteRange, sizeBytes: number): string {
  return `bytes ${start}-${end - 1}/${sizeBytes}`;
}

// The `aws-chunked` content encoding: a body in chunks with their sizes, and trailing headers behind the last one.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html

import { AwsError } from '../kernel/errors.ts';

export interface ChunkedBody {
  readonly body: Buffer;
  /** Names in lower case. */
  readonly trailers: Readonly<Record<string, string>>;
}

const LINE_END = '\r\n';

/** Chunk signatures are not checked, as no signature is. @throws {AwsError} `IncompleteBody`. */
export function parseChunkedBody(encoded: Buffer): ChunkedBody {
  const chunks: Buffer[] = [];
  let offset = 0;
  for (;;) {
    const sizeEnd = encoded.indexOf(LINE_END, offset);
    const size = sizeEnd < 0 ? Number.NaN : parseSize(encoded.subarray(offset, sizeEnd).toString());
    if (Number.isNaN(size)) throw incompleteBody('a chunk has no size');
    offset = sizeEnd + LINE_END.length;
    if (size === 0) return { body: Buffer.concat(chunks), trailers: parseTrailers(encoded.subarray(offset)) };
    const end = offset + size;
    if (encoded.subarray(end, end + LINE_END.length).toString() !== LINE_END) {
      throw incompleteBody('a chunk is not as long as it says');
    }
    chunks.push(encoded.subarray(offset, end));
    offset = end + LINE_END.length;
  }
}

/** `<hexadecimal size>`, or `<hexadecimal size>;chunk-signature=…`. */
function parseSize(line: string): number {
  const digits = /^([0-9a-f]+)(?:;.*)?$/i.exec(line)?.[1];
  return digits ? Number.parseInt(digits, 16) : Number.NaN;
}

function parseTrailers(tail: Buffer): Record<string, string> {
  const trailers: Record<string, string> = {};
  for (const line of tail.toString().split(/\r?\n/)) {
    const separator = line.indexOf(':');
    if (separator > 0) trailers[line.slice(0, separator).trim().toLowerCase()] = line.slice(separator + 1).trim();
  }
  return trailers;
}

export function incompleteBody(reason: string): AwsError {
  return new AwsError(
    'IncompleteBody',
    `You did not provide the number of bytes specified by the Content-Length HTTP header: ${reason}`,
  );
}

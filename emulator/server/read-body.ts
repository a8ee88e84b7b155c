// The body of a request, in memory.

import type { Readable } from 'node:stream';

/** Thrown for a body that is larger than the server keeps in memory. */
export class BodyTooLargeError extends Error {
  override name = 'BodyTooLargeError';
}

/** Above every limit of the modelled services but S3's 5 GiB for one PutObject. */
const BODY_BYTES_MAX = 512 * 1024 * 1024;

/** @throws {BodyTooLargeError}, before it is read when its length is announced. And what the stream fails with. */
export function readBody(stream: Readable, announcedLength: string | undefined): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (announcedLength !== undefined && Number(announcedLength) > BODY_BYTES_MAX) {
      reject(tooLarge());
      return;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > BODY_BYTES_MAX) reject(tooLarge());
      else chunks.push(chunk);
    });
    stream.on('end', () => resolve(concatenate(chunks)));
    stream.on('error', reject);
    stream.on('close', () => {
      if (!stream.readableEnded) reject(new Error('the request was broken off'));
    });
  });
}

function concatenate(chunks: readonly Buffer[]): Buffer {
  const [first] = chunks;
  return first && chunks.length === 1 ? first : Buffer.concat(chunks);
}

function tooLarge(): BodyTooLargeError {
  return new BodyTooLargeError(`a request's body may have ${BODY_BYTES_MAX} bytes at most`);
}

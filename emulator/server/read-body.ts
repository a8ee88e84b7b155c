// The body of a request, in memory.

import type { Readable } from 'node:stream';

/** Thrown for a body that is larger than the server keeps in memory. */
export class BodyTooLargeError extends Error {
  override name = 'BodyTooLargeError';
}

/** Above every limit of the modelled services but S3's 5 GiB for one PutObject. */
export const BODY_BYTES_MAX = 512 * 1024 * 1024;

/** @throws {BodyTooLargeError}, before it is read when its length is announced. */
export async function readBody(stream: Readable, announcedLength: string | undefined): Promise<Buffer> {
  const announced = announcedLength === undefined ? 0 : Number(announcedLength);
  if (announced > BODY_BYTES_MAX) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw tooLarge();
    chunks.push(chunk);
  }
  const [first] = chunks;
  return first && chunks.length === 1 ? first : Buffer.concat(chunks, bytes);
}

function tooLarge(): BodyTooLargeError {
  return new BodyTooLargeError(`a request's body may have ${BODY_BYTES_MAX} bytes at most`);
}

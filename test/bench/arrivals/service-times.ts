// How long AWS takes to answer, assumed, in Region and on warm connections: nothing here was measured on AWS.

import type { HttpRequest } from '../../../emulator/wire/http-message.ts';

const SERVICE_TIMES = {
  /** S3, a page of 1,000 keys. */
  listMs: 100,
  /** S3, until an object's first byte comes, and until a stored one is confirmed. */
  getMs: 30,
  putMs: 50,
  /** Of objects, on top: what a function's network carries. */
  bodyBytesPerSecond: 75_000_000,
  /** SQS, any call that finds messages. */
  sqsCallMs: 10,
} as const;

/** Milliseconds from the request to the whole answer, whose body has `answerBytes`. */
export function computeServiceMs(
  { method, host, query, body }: Pick<HttpRequest, 'method' | 'host' | 'query' | 'body'>,
  answerBytes: number,
): number {
  const { listMs, getMs, putMs, sqsCallMs } = SERVICE_TIMES;
  if (host.startsWith('sqs.')) return sqsCallMs;
  if (method === 'PUT') return putMs + computeTransferSeconds(body.length) * 1000;
  return query['list-type'] === undefined ? getMs + computeTransferSeconds(answerBytes) * 1000 : listMs;
}

export function computeTransferSeconds(bodyBytes: number): number {
  return bodyBytes / SERVICE_TIMES.bodyBytesPerSecond;
}

export function renderServiceTimes(): string {
  const { listMs, getMs, putMs, sqsCallMs, bodyBytesPerSecond } = SERVICE_TIMES;
  return `${listMs} ms a LIST, ${getMs} ms a GET and ${putMs} ms a PUT, ${bodyBytesPerSecond / 1e6} MB/s, ${sqsCallMs} ms a call of SQS`;
}

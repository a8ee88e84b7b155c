// One record in, one line out.

import type { FirehoseTransformationEvent, FirehoseTransformationResult } from 'aws-lambda';
import { type Invocation, parseMessage, renderArrivedLine } from '../../model/arrived-message.ts';

/**
 * Records that hold no message come back as ProcessingFailed, which Firehose stores apart. A line is at most some 200
 * bytes longer than its message, so what Firehose's largest buffer (3 MiB) holds stays below the 6 MB of an answer.
 */
export function transform(
  event: FirehoseTransformationEvent,
  begun: Omit<Invocation, 'invocationMessages'>,
): FirehoseTransformationResult {
  const parsed = event.records.map(({ recordId, data }) => ({
    recordId,
    data,
    message: parseMessage(Buffer.from(data, 'base64').toString()),
  }));
  const invocation = { ...begun, invocationMessages: parsed.filter(({ message }) => message).length };
  return {
    records: parsed.map(({ recordId, data, message }) =>
      message
        ? {
            recordId,
            result: 'Ok',
            data: Buffer.from(`${renderArrivedLine(message, invocation)}\n`).toString('base64'),
          }
        : { recordId, result: 'ProcessingFailed', data },
    ),
  };
}

// One record in, one line out.

import type { FirehoseTransformationEvent, FirehoseTransformationResult } from 'aws-lambda';
import { type Invocation, parseMessage, renderArrivedLine } from '../../model/arrived-message.ts';
import { LAMBDA } from '../../model/quotas.ts';

/** The answer's keys and punctuation around one record. */
const RECORD_FRAME_BYTES = '{"recordId":"","result":"ProcessingFailed","data":""},'.length;
/** The answer's own frame, with room to spare. */
const ANSWER_FRAME_BYTES = 1024;

/**
 * Records that hold no message come back as ProcessingFailed, which Firehose stores apart. So do those that would make the
 * answer larger than Lambda passes on, which would fail them all; plans choose buffers small enough for that not to be.
 */
export function transform(
  event: FirehoseTransformationEvent,
  begun: Omit<Invocation, 'invocationMessages'>,
): FirehoseTransformationResult {
  const parsed = event.records.map(({ recordId, data, approximateArrivalTimestamp }) => ({
    recordId,
    message: parseMessage(Buffer.from(data, 'base64').toString()),
    acceptedAtMs: approximateArrivalTimestamp,
  }));
  const invocation = { ...begun, invocationMessages: parsed.filter(({ message }) => message).length };
  let roomBytes = LAMBDA.syncPayloadBytesMax - ANSWER_FRAME_BYTES;
  for (const { recordId } of parsed) roomBytes -= recordId.length + RECORD_FRAME_BYTES;
  return {
    records: parsed.map(({ recordId, message, acceptedAtMs }) => {
      const line = message && renderArrivedLine({ message, acceptedAtMs }, invocation);
      const data = line && Buffer.from(`${line}\n`).toString('base64');
      // Firehose has the data of a failed record itself.
      if (data === undefined || data.length > roomBytes) return { recordId, result: 'ProcessingFailed' };
      roomBytes -= data.length;
      return { recordId, result: 'Ok', data };
    }),
  };
}

// What a trial would have used at batch size 1, where nobody measured that.

import { computeBilledUnits, MESSAGE_MS } from './expected-usage.ts';
import type { TrialUsage } from './trial-cost.ts';

/**
 * The same messages, each in an invocation and an object of its own. What is measured stays: the size of the messages, the calls that
 * published them, initialisation, the load's time and the empty receives. Each invocation lasts as long as the measured ones did on
 * average, less what their other messages are assumed to have taken.
 */
export function computeUsageAtBatchSizeOne(usage: TrialUsage): TrialUsage {
  const messages = usage.invocationSizes.reduce((sum, size) => sum + size.messages * size.invocations, 0);
  return {
    ...usage,
    windowSeconds: 0,
    publish: computePublish(usage),
    invocations: messages,
    durationMs: messages * computeInvocationMs(usage, messages),
    invocationSizes: [{ messages: 1, invocations: messages }],
    objects: messages,
  };
}

/** EventBridge alone batches by its producer: at batch size 1 it takes an event for each message. */
function computePublish({ service, publish }: TrialUsage): TrialUsage['publish'] {
  const { sent, bytes } = publish;
  if (service !== 'eventbridge' || sent === 0) return publish;
  const billedUnits = computeBilledUnits(service, {
    messages: sent,
    messageBytes: bytes / sent,
    entryMessages: 1,
    publishBatchSize: 1,
  });
  return { ...publish, billedUnits };
}

/** If an invocation takes a base and a share for each message, one message takes no less than the mean message did. */
function computeInvocationMs({ invocations, durationMs }: TrialUsage, messages: number): number {
  if (invocations === 0 || messages === 0) return 0;
  const meanMs = durationMs / invocations;
  const meanMessages = messages / invocations;
  return Math.max(meanMs / Math.max(1, meanMessages), meanMs - Math.max(0, meanMessages - 1) * MESSAGE_MS);
}

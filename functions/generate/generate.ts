// One invocation of the generator: the schedule's entries become calls, each made when it is due.

import type { Acknowledgements } from '../../model/acknowledgements.ts';
import { WARM_UP_MESSAGES, WARM_UP_SUFFIX } from '../../model/message.ts';
import { computePublishBatchSize } from '../../model/publish-call.ts';
import { computeTickEntries, type ScheduledEntry } from '../../model/schedule.ts';
import type { PublishTotals } from '../../model/trial.ts';
import { createAcknowledgementLog, type StoreAcknowledgements } from './acknowledgement-log.ts';
import { addTotals } from './add-totals.ts';
import { buildMessage, type MessageTemplate } from './build-message.ts';
import type { FactSource } from './fact-source.ts';
import type { GenerateEvent } from './parse-event.ts';
import { publishOnSchedule } from './publish-on-schedule.ts';
import type { OutgoingEntry, Publisher } from './publisher.ts';
import { NO_LOOKUPS, type QueueUrlLookup } from './queue-url-lookup.ts';

export interface GenerateParts {
  readonly publisher: Publisher;
  readonly facts: FactSource;
  readonly lookup: QueueUrlLookup;
  readonly store: StoreAcknowledgements;
}

/**
 * Publishes one tick, or the warm-up. Gives the totals of the ticks so far; of a warm-up, its own.
 * @throws what the SDK throws for good, such as AccessDenied.
 */
export async function generate(event: GenerateEvent, parts: GenerateParts): Promise<PublishTotals> {
  const startedMs = Date.now();
  const { trial, input } = event;
  const isWarmUp = event.phase === 'warm-up';
  const needsQueueUrl = trial.service === 'sqs';
  const [pool] = await Promise.all([
    parts.facts.load(),
    needsQueueUrl ? parts.lookup.find(input.endpointLookup) : undefined,
  ]);
  // Nobody keeps a warm-up's totals, and it is the warm-up that meets a new execution environment: its lookup counts in
  // the tick that follows.
  const lookupCost = needsQueueUrl && !isWarmUp ? parts.lookup.takeCost() : NO_LOOKUPS;
  const template: MessageTemplate = {
    runId: event.runId,
    trialId: isWarmUp ? trial.trialId + WARM_UP_SUFFIX : trial.trialId,
    service: trial.service,
    facts: pool.facts,
    payloadBytes: input.payloadBytes,
  };
  const entries = isWarmUp ? computeWarmUpEntries(event.startMs) : computeTickEntries(event);
  const log = createAcknowledgementLog(event.startMs);
  const published = await publishOnSchedule(entries, {
    note: log.note,
    publisher: parts.publisher,
    entriesPerCall: computePublishBatchSize(input, trial.service),
    render: (entry, sentAtMs) => renderEntry(template, entry, sentAtMs),
  });
  if (!isWarmUp) await storeAcknowledgements(parts, event, log.acknowledgements);
  return addTotals(event.totals, {
    ...published,
    invocations: 1,
    generatorMs: Date.now() - startedMs,
    endpointLookups: lookupCost.lookups,
    endpointLookupMs: lookupCost.lookupMs,
    factSource: pool.source,
  });
}

/** The tick is published: without its acknowledgements a hop is not told, which is no reason to lose the lane. */
async function storeAcknowledgements(
  { store }: GenerateParts,
  event: GenerateEvent,
  acknowledgements: Acknowledgements,
): Promise<void> {
  try {
    await store(event, acknowledgements);
  } catch (error) {
    console.error(error);
  }
}

function computeWarmUpEntries(startMs: number): ScheduledEntry[] {
  return Array.from({ length: WARM_UP_MESSAGES }, (_, sequence) => ({
    dueMs: startMs,
    messages: [{ sequence, scheduledAtMs: startMs }],
  }));
}

/** EventBridge's detail holds a list, as it may hold several messages; the others' data is the message itself. */
function renderEntry(template: MessageTemplate, entry: ScheduledEntry, sentAtMs: number): OutgoingEntry {
  const messages = entry.messages.map((message) => buildMessage(template, message, sentAtMs));
  const text = JSON.stringify(template.service === 'eventbridge' ? { messages } : messages[0]);
  return { text, bytes: Buffer.byteLength(text), partitionKey: String(entry.messages[0]?.sequence) };
}

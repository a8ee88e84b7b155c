// Has a function transform batches of records: synchronously, a few at a time.
// https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html

import { z } from 'zod';
import { NoSuchRoleError } from '../iam/policy-store.ts';
import { AwsError } from '../kernel/errors.ts';
import type { Random } from '../kernel/random.ts';
import type { World } from '../kernel/world.ts';
import type { BufferedRecord } from './record.ts';
import type { TransformSettings } from './settings.ts';
import { explainInvokeError, FAILURES, type FailedRecord, type TransformFailure } from './transform-failure.ts';

/** "Up to 5 outstanding Lambda invocations per shard": https://docs.aws.amazon.com/firehose/latest/dev/limits.html */
const INVOCATIONS_MAX = 5;
/** Firehose does not say how long it waits between attempts. */
const RETRY_DELAY_MS = 1000;

/** What else a result holds changes nothing: partition keys are for dynamic partitioning. */
const answerSchema = z.object({
  records: z.array(
    z.object({
      recordId: z.string(),
      result: z.enum(['Ok', 'Dropped', 'ProcessingFailed']),
      data: z.string().nullish(),
    }),
  ),
});

const invocationSchema = z.object({ FunctionError: z.string().optional(), Payload: z.instanceof(Buffer) });

type Result = z.output<typeof answerSchema>['records'][number];

export interface TransformOutcome {
  /** What came back `Ok`, in the order of the input. */
  readonly transformed: readonly BufferedRecord[];
  /** As they came in. */
  readonly failed: readonly FailedRecord[];
  readonly attempts: { readonly made: number; readonly endedMs: number };
}

/** Called after each invocation, with what it took and whether it gave an answer that can be read. */
export type InvocationListener = (durationMs: number, succeeded: boolean) => void;

export class Transformer {
  readonly #world: World;
  readonly #random: Random;
  readonly #stream: { readonly name: string; readonly arn: string };
  readonly #onInvocation: InvocationListener;
  #invocations = 0;
  readonly #awaitingInvocation: (() => void)[] = [];

  constructor(world: World, random: Random, stream: { name: string; arn: string }, onInvocation: InvocationListener) {
    this.#world = world;
    this.#onInvocation = onInvocation;
    this.#random = random;
    this.#stream = stream;
  }

  /** Resolves when every record is transformed, dropped or given up. */
  async transform(records: readonly BufferedRecord[], settings: TransformSettings): Promise<TransformOutcome> {
    const { clock } = this.#world;
    await this.#acquireInvocation();
    await clock.sleep(this.#world.sampleLatencyMs('hop.firehose-to-lambda'));
    const payload = this.#renderEvent(records);
    let made = 1;
    let answer = await this.#invokeAndTell(payload, settings);
    for (; !Array.isArray(answer) && made <= settings.retries; made++) {
      await clock.sleep(RETRY_DELAY_MS);
      answer = await this.#invokeAndTell(payload, settings);
    }
    this.#releaseInvocation();
    const attempts = { made, endedMs: Math.floor(clock.now()) };
    if (Array.isArray(answer)) return { ...sortResults(records, answer), attempts };
    const failure = answer;
    return { transformed: [], failed: records.map((record) => ({ record, failure })), attempts };
  }

  async #invokeAndTell(payload: Buffer, settings: TransformSettings): Promise<Result[] | TransformFailure> {
    const { clock } = this.#world;
    const startMs = clock.now();
    const answer = await this.#invoke(payload, settings);
    this.#onInvocation(clock.now() - startMs, Array.isArray(answer));
    return answer;
  }

  async #invoke(payload: Buffer, settings: TransformSettings): Promise<Result[] | TransformFailure> {
    try {
      const answer = await this.#world.gateway.call({
        service: 'lambda',
        operation: 'Invoke',
        caller: { kind: 'role', roleArn: settings.roleArn, sessionName: this.#stream.name },
        input: { FunctionName: settings.functionArn, InvocationType: 'RequestResponse', Payload: payload },
      });
      const { FunctionError, Payload } = invocationSchema.parse(answer);
      return FunctionError ? FAILURES.functionError : parseAnswer(Payload);
    } catch (error) {
      if (error instanceof AwsError) return explainInvokeError(error);
      // A role may have gone since the stream was made.
      if (error instanceof NoSuchRoleError)
        return explainInvokeError(new AwsError('AccessDeniedException', error.message));
      throw error;
    }
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/services-kinesisfirehose.html */
  #renderEvent(records: readonly BufferedRecord[]): Buffer {
    const event = {
      invocationId: this.#random.uuid(),
      deliveryStreamArn: this.#stream.arn,
      region: this.#world.region,
      records: records.map(({ recordId, arrivedMs, data }) => ({
        recordId,
        approximateArrivalTimestamp: arrivedMs,
        data: data.toString('base64'),
      })),
    };
    return Buffer.from(JSON.stringify(event));
  }

  async #acquireInvocation(): Promise<void> {
    if (this.#invocations < INVOCATIONS_MAX) {
      this.#invocations++;
      return;
    }
    await new Promise<void>((resolve) => {
      this.#awaitingInvocation.push(resolve);
    });
  }

  /** Hands the place on to whoever has waited longest. */
  #releaseInvocation(): void {
    const next = this.#awaitingInvocation.shift();
    if (next) next();
    else this.#invocations--;
  }
}

function parseAnswer(payload: Buffer): Result[] | TransformFailure {
  try {
    return answerSchema.parse(JSON.parse(payload.toString())).records;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return FAILURES.unreadable;
    throw error;
  }
}

function sortResults(
  records: readonly BufferedRecord[],
  results: readonly Result[],
): Pick<TransformOutcome, 'transformed' | 'failed'> {
  const resultsOf = Map.groupBy(results, ({ recordId }) => recordId);
  const transformed: BufferedRecord[] = [];
  const failed: FailedRecord[] = [];
  for (const record of records) {
    const [result, ...others] = resultsOf.get(record.recordId) ?? [];
    const failure = findFailure(result, others.length > 0);
    if (failure) failed.push({ record, failure });
    else if (result?.result === 'Ok') transformed.push({ ...record, data: Buffer.from(result.data ?? '', 'base64') });
  }
  return { transformed, failed };
}

function findFailure(result: Result | undefined, isRepeated: boolean): TransformFailure | undefined {
  if (!result) return FAILURES.missingRecordId;
  if (isRepeated) return FAILURES.duplicatedRecordId;
  return result.result === 'ProcessingFailed' ? FAILURES.processingFailed : undefined;
}

// Tells queues and functions what happened to the objects of a bucket.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html

import { computePrincipalId } from '../iam/principal-id.ts';
import type { Principal } from '../kernel/access.ts';
import { AwsError } from '../kernel/errors.ts';
import type { GatewayCall } from '../kernel/gateway.ts';
import type { CallContext } from '../kernel/operation.ts';
import type { Random } from '../kernel/random.ts';
import type { World } from '../kernel/world.ts';
import type { Bucket } from './bucket.ts';
import {
  createRoutes,
  type NotificationConfiguration,
  type NotificationRoute,
  takesRoute,
} from './notification-configuration.ts';
import { type ObjectEvent, renderObjectEvent, renderTestEvent } from './object-event.ts';
import { computeBucketArn } from './object-key.ts';
import { computeOwnerPrincipalId } from './owner.ts';
import { computeS3RequestIds } from './request-id.ts';
import { S3Error } from './s3-error.ts';

/** Requests in the emulator come from no address: this one is kept for examples (RFC 5737). */
const SOURCE_IP_ADDRESS = '192.0.2.1';
const SEQUENCER_TIME_DIGITS = 14;
const SEQUENCER_COUNT_DIGITS = 4;

export class EventNotifier {
  readonly #world: World;
  readonly #random: Random;
  readonly #ownerPrincipalId: string;
  /** Events so far. */
  #count = 0;

  constructor(world: World) {
    this.#world = world;
    this.#random = world.random('s3/notifications');
    this.#ownerPrincipalId = computeOwnerPrincipalId(world.accountId);
  }

  /**
   * In force from now on. Each queue is sent a test event; S3 asks a function for leave only.
   * @throws {S3Error} `InvalidArgument` when a destination does not take it.
   */
  async configure(
    bucket: Bucket,
    configuration: NotificationConfiguration,
    { skipsValidation }: { readonly skipsValidation: boolean } = { skipsValidation: false },
  ): Promise<void> {
    const routes = createRoutes(configuration, () => this.#random.uuid());
    if (!skipsValidation) {
      const refused: string[] = [];
      for (const route of routes) if (!(await this.#canReach(bucket, route))) refused.push(route.destination.arn);
      if (refused.length > 0) throw refuseDestinations(refused);
    }
    bucket.notificationRoutes = routes;
  }

  /** Returns at once: what has to be told is on its way from now on. */
  notify(bucket: Bucket, event: ObjectEvent, { caller, requestId }: Pick<CallContext, 'caller' | 'requestId'>): void {
    const routes = bucket.notificationRoutes.filter((route) => takesRoute(route, event.name, event.key));
    if (routes.length === 0) return;
    const { clock, region, accountId } = this.#world;
    const timeMs = Math.floor(clock.now());
    const record = {
      ...event,
      ...computeS3RequestIds(requestId),
      region,
      timeMs,
      bucketName: bucket.name,
      ownerPrincipalId: this.#ownerPrincipalId,
      principalId: `AWS:${computePrincipalId(caller, accountId)}`,
      sourceIpAddress: SOURCE_IP_ADDRESS,
      sequencer: this.#createSequencer(timeMs),
    };
    for (const route of routes) {
      const text = renderObjectEvent({ ...record, configurationId: route.id });
      clock.spawn(() => this.#deliver(bucket.name, route, text));
    }
  }

  /** Time, then a count: later events have greater ones, whatever key they are of. */
  #createSequencer(timeMs: number): string {
    const time = timeMs.toString(16).padStart(SEQUENCER_TIME_DIGITS, '0');
    const count = (this.#count++ % 16 ** SEQUENCER_COUNT_DIGITS).toString(16).padStart(SEQUENCER_COUNT_DIGITS, '0');
    return `${time}${count}`.toUpperCase();
  }

  /** A destination that no longer takes it never hears of it, as on AWS: nobody is told. */
  async #deliver(bucketName: string, route: NotificationRoute, text: string): Promise<void> {
    await this.#world.clock.sleep(this.#world.sampleLatencyMs('hop.s3-notification'));
    await this.#send(bucketName, route, text);
  }

  async #canReach(bucket: Bucket, route: NotificationRoute): Promise<boolean> {
    const ids = computeS3RequestIds(this.#random.uuid());
    const timeMs = Math.floor(this.#world.clock.now());
    const text = renderTestEvent({ timeMs, bucketName: bucket.name, ...ids });
    if (route.destination.kind === 'queue') return this.#send(bucket.name, route, text);
    return isTaken(() => this.#world.gateway.check(this.#createCall(bucket.name, route, text)));
  }

  /** Whether it was taken. The drawn latency is of the whole way, so that the call itself takes none. */
  #send(bucketName: string, route: NotificationRoute, text: string): Promise<boolean> {
    const call = this.#createCall(bucketName, route, text);
    return isTaken(() => this.#world.gateway.callWithRequestId(call, { takesModelledTime: false }));
  }

  #createCall(bucketName: string, { destination: { kind, arn } }: NotificationRoute, text: string): GatewayCall {
    const caller: Principal = {
      kind: 'service',
      service: 's3.amazonaws.com',
      sourceArn: computeBucketArn(bucketName),
    };
    if (kind === 'queue') {
      const input = { QueueUrl: this.#computeQueueUrl(arn), MessageBody: text };
      return { service: 'sqs', operation: 'SendMessage', input, caller };
    }
    const input = { FunctionName: arn, InvocationType: 'Event', Payload: Buffer.from(text) };
    return { service: 'lambda', operation: 'Invoke', input, caller };
  }

  #computeQueueUrl(arn: string): string {
    const [accountId, name] = arn.split(':').slice(-2);
    return `${this.#world.queueOrigin}/${accountId}/${name}`;
  }
}

async function isTaken(attempt: () => unknown): Promise<boolean> {
  try {
    await attempt();
    return true;
  } catch (error) {
    if (error instanceof AwsError) return false;
    throw error;
  }
}

function refuseDestinations(arns: readonly string[]): S3Error {
  return new S3Error('InvalidArgument', 'Unable to validate the following destination configurations', {
    details: Object.fromEntries(
      arns.flatMap((arn, index) => [
        [`ArgumentName${index + 1}`, arn],
        [
          `ArgumentValue${index + 1}`,
          'The destination queue does not exist, or does not allow S3 to send messages to it',
        ],
      ]),
    ),
  });
}

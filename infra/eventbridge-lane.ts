// EventBridge: a bus of our own, one rule, one consumer. One event is one invocation; batches are packed by the producer.

import { Fn, RemovalPolicy } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { LaneProps } from './lane.ts';
import { NodeFunction } from './node-function.ts';

/** What the generator writes in an event's `source`. */
const EVENT_SOURCE = 'showdown';

export class EventbridgeLane extends Construct {
  readonly bus: EventBus;
  readonly consumer: NodeFunction;
  /** As CloudWatch's dimension has it: without the bus. */
  readonly ruleName: string;

  constructor(scope: Construct, id: string, props: LaneProps) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus');
    this.bus.applyRemovalPolicy(RemovalPolicy.DESTROY);
    this.consumer = new NodeFunction(this, 'ConsumeEventbridge', {
      folder: 'consume',
      description: 'Transforms messages from EventBridge and stores them',
      timeoutSeconds: 60,
      environment: { BUCKET_NAME: props.bucket.bucketName },
    });
    props.bucket.grantPutObjects(this.consumer, 'arrivals/');
    const rule = new Rule(this, 'Rule', {
      description: 'Every event of the generator goes to the consumer',
      eventBus: this.bus,
      eventPattern: { source: [EVENT_SOURCE] },
      // EventBridge's own retries stay as they are: 24 hours and 185 attempts.
      targets: [new LambdaFunction(this.consumer)],
    });
    // `arn:…:rule/<bus>/<rule>`. What `Ref` gives of a rule on a bus of one's own is `<bus>|<rule>`.
    this.ruleName = Fn.select(2, Fn.split('/', rule.ruleArn));
  }
}

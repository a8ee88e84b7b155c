// Everything that is deployed: a lane per service, the functions that drive and count, the state machine and the bucket.

import { CfnOutput, DefaultStackSynthesizer, Stack, Validations } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import {
  COLLECT_FUNCTION_MEMORY_MBS,
  REPORT_FUNCTION_MEMORY_MBS,
  TALLY_FUNCTION_MEMORY_MBS,
} from '../model/cost/lambda-billing.ts';
import { ArrivalEventsQueue } from './arrival-events-queue.ts';
import { EventbridgeLane } from './eventbridge-lane.ts';
import { FirehoseLane } from './firehose-lane.ts';
import { KinesisLane } from './kinesis-lane.ts';
import { OUTPUT_NAMES, PARAMETER_NAMES, STACK_NAME } from './names.ts';
import { NodeFunction } from './node-function.ts';
import { ResultsBucket } from './results-bucket.ts';
import { computeStateMachineArn, ShowdownStateMachine } from './showdown-state-machine.ts';
import { SqsLane } from './sqs-lane.ts';

interface Lanes {
  readonly eventbridge: EventbridgeLane;
  readonly sqs: SqsLane;
  readonly kinesis: KinesisLane;
  readonly firehose: FirehoseLane;
}

export class ShowdownStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      stackName: STACK_NAME,
      description: 'Compares EventBridge, SQS, Kinesis Data Streams and Data Firehose at several batch sizes',
      // The rule would put a template parameter in front of every reader, to check a version that the CDK checks itself.
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
      analyticsReporting: false,
    });
    const bucket = new ResultsBucket(this, 'Results');
    const lanes: Lanes = {
      eventbridge: new EventbridgeLane(this, 'Eventbridge', { bucket }),
      sqs: new SqsLane(this, 'Sqs', { bucket }),
      kinesis: new KinesisLane(this, 'Kinesis', { bucket }),
      firehose: new FirehoseLane(this, 'Firehose', { bucket }),
    };
    const { stateMachine } = new ShowdownStateMachine(this, 'Showdown', {
      bucket,
      functions: {
        plan: this.#createPlan(),
        generate: this.#createGenerate(bucket, lanes),
        countArrivals: this.#createCountArrivals(bucket),
        collectArrivalEvents: this.#createCollectArrivalEvents(bucket),
        tally: this.#createTally(bucket),
        report: this.#createReport(bucket, lanes),
      },
      ...lanes,
    });

    new StringParameter(this, 'QueueUrlParameter', {
      parameterName: PARAMETER_NAMES.queueUrl,
      description: 'Where the generator finds the queue',
      stringValue: lanes.sqs.queue.queueUrl,
    });
    new StringParameter(this, 'StateMachineArnParameter', {
      parameterName: PARAMETER_NAMES.stateMachineArn,
      description: 'Where the command line finds the state machine',
      stringValue: stateMachine.stateMachineArn,
    });
    new StringParameter(this, 'BucketNameParameter', {
      parameterName: PARAMETER_NAMES.bucketName,
      description: 'Where the command line finds the reports',
      stringValue: bucket.bucketName,
    });
    new CfnOutput(this, OUTPUT_NAMES.stateMachineArn, { value: stateMachine.stateMachineArn });
    new CfnOutput(this, OUTPUT_NAMES.bucketName, { value: bucket.bucketName });
  }

  #createPlan(): NodeFunction {
    const plan = new NodeFunction(this, 'Plan', {
      folder: 'plan',
      description: 'Decides what a run does, or refuses it',
      timeoutSeconds: 60,
    });
    Grant.addToPrincipal({
      grantee: plan,
      actions: ['states:ListExecutions'],
      resourceArns: [computeStateMachineArn(this)],
    });
    return plan;
  }

  #createGenerate(bucket: ResultsBucket, lanes: Lanes): NodeFunction {
    const generate = new NodeFunction(this, 'Generate', {
      folder: 'generate',
      description: 'Publishes the messages of one tick',
      // A tick lasts up to 59 seconds; the rest is for publish calls that are retried.
      timeoutSeconds: 180,
      environment: {
        BUCKET_NAME: bucket.bucketName,
        EVENT_BUS_NAME: lanes.eventbridge.bus.eventBusName,
        QUEUE_URL_PARAMETER: PARAMETER_NAMES.queueUrl,
        QUEUE_URL: lanes.sqs.queue.queueUrl,
        QUEUE_NAME: lanes.sqs.queue.queueName,
        STREAM_NAME: lanes.kinesis.stream.streamName,
        DELIVERY_STREAM_NAME: lanes.firehose.deliveryStream.ref,
        FACTS_API_KEY_PARAMETER: PARAMETER_NAMES.factsApiKey,
      },
    });
    bucket.grantPutObjects(generate, 'acknowledgements/');
    const grant = (actions: string[], ...resourceArns: string[]) =>
      Grant.addToPrincipal({ grantee: generate, actions, resourceArns });
    grant(['events:PutEvents'], lanes.eventbridge.bus.eventBusArn);
    grant(['sqs:GetQueueUrl', 'sqs:SendMessage'], lanes.sqs.queue.queueArn);
    grant(['kinesis:PutRecords'], lanes.kinesis.stream.streamArn);
    grant(['firehose:PutRecordBatch'], lanes.firehose.deliveryStream.attrArn);
    // The key is a SecureString under the key aws/ssm, whose own policy lets the account's principals decrypt through
    // Parameter Store: https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
    grant(
      ['ssm:GetParameter'],
      ...[PARAMETER_NAMES.queueUrl, PARAMETER_NAMES.factsApiKey].map((name) =>
        this.formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.slice(1) }),
      ),
    );
    return generate;
  }

  #createCountArrivals(bucket: ResultsBucket): NodeFunction {
    const countArrivals = new NodeFunction(this, 'CountArrivals', {
      folder: 'count-arrivals',
      description: "Counts a trial's messages in the bucket",
      // The first count of ten million messages, one to an object, takes minutes.
      timeoutSeconds: 900,
      environment: { BUCKET_NAME: bucket.bucketName },
    });
    bucket.grantReadObjects(countArrivals, 'arrivals/');
    return countArrivals;
  }

  #createCollectArrivalEvents(bucket: ResultsBucket): NodeFunction {
    const queue = new ArrivalEventsQueue(this, 'ArrivalEvents', bucket);
    const collect = new NodeFunction(this, 'CollectArrivalEvents', {
      folder: 'collect-arrival-events',
      description: 'Takes what S3 told of the arrivals from its queue',
      timeoutSeconds: 900,
      memoryMbs: COLLECT_FUNCTION_MEMORY_MBS,
      environment: { BUCKET_NAME: bucket.bucketName, ARRIVAL_EVENTS_QUEUE_URL: queue.queueUrl },
    });
    // It counts the arrivals, and reads none.
    Grant.addToPrincipal({ grantee: collect, actions: ['s3:ListBucket'], resourceArns: [bucket.bucketArn] });
    bucket.grantPutObjects(collect, 'arrival-events/');
    Grant.addToPrincipal({
      grantee: collect,
      actions: ['sqs:DeleteMessage', 'sqs:ReceiveMessage'],
      resourceArns: [queue.queueArn],
    });
    return collect;
  }

  #createTally(bucket: ResultsBucket): NodeFunction {
    const tally = new NodeFunction(this, 'Tally', {
      folder: 'tally',
      description: 'Goes through the arrivals of a trial',
      timeoutSeconds: 900,
      memoryMbs: TALLY_FUNCTION_MEMORY_MBS,
      environment: { BUCKET_NAME: bucket.bucketName },
    });
    bucket.grantReadObjects(tally, 'acknowledgements/', 'arrival-events/', 'arrivals/', 'plans/', 'results/');
    bucket.grantPutObjects(tally, 'tallies/');
    return tally;
  }

  #createReport(bucket: ResultsBucket, lanes: Lanes): NodeFunction {
    const report = new NodeFunction(this, 'Report', {
      folder: 'report',
      description: 'Makes the report of a run',
      timeoutSeconds: 900,
      memoryMbs: REPORT_FUNCTION_MEMORY_MBS,
      environment: {
        BUCKET_NAME: bucket.bucketName,
        EVENT_BUS_NAME: lanes.eventbridge.bus.eventBusName,
        EVENT_RULE_NAME: lanes.eventbridge.ruleName,
        QUEUE_NAME: lanes.sqs.queue.queueName,
        STREAM_NAME: lanes.kinesis.stream.streamName,
        DELIVERY_STREAM_NAME: lanes.firehose.deliveryStream.ref,
        LANE_FUNCTIONS: this.toJsonString({
          eventbridge: lanes.eventbridge.consumer.functionName,
          sqs: lanes.sqs.consumer.functionName,
          kinesis: lanes.kinesis.consumer.functionName,
          firehose: lanes.firehose.transform.functionName,
        }),
      },
    });
    // Reports, for the index of them.
    bucket.grantReadObjects(report, 'plans/', 'reports/', 'results/', 'tallies/');
    bucket.grantPutObjects(report, 'reports/');
    Grant.addToPrincipal({ grantee: report, actions: ['cloudwatch:GetMetricData'], resourceArns: ['*'] });
    Validations.of(report.executionRole).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'GetMetricData takes no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html',
    });
    return report;
  }
}

// The state machine: its definition is data in statemachines/, its permissions are written out here.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArnFormat, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { DefinitionBody, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { WARM_UP_SUFFIX } from '../model/message.ts';
import { DELIVERY_STREAM_DEFAULTS, type FirehoseLane } from './firehose-lane.ts';
import { KinesisLane } from './kinesis-lane.ts';
import { STATE_MACHINE_NAME } from './names.ts';
import type { NodeFunction } from './node-function.ts';
import type { ResultsBucket } from './results-bucket.ts';
import { SqsLane } from './sqs-lane.ts';

const DEFINITION_FILE = join(import.meta.dirname, '..', 'statemachines', 'showdown.asl.json');

/** Ends of their ARNs: as the user guide's policy has them, and as the ARNs of a Map Run's children read. */
const CHILD_EXECUTIONS = [`${STATE_MACHINE_NAME}:*`, `${STATE_MACHINE_NAME}/*`];

export interface ShowdownStateMachineProps {
  readonly bucket: ResultsBucket;
  /** The functions that states invoke, by the states' names. */
  readonly functions: Readonly<
    Record<'plan' | 'generate' | 'countArrivals' | 'collectArrivalEvents' | 'tally' | 'report', NodeFunction>
  >;
  /** The lanes with something to configure. */
  readonly sqs: SqsLane;
  readonly kinesis: KinesisLane;
  readonly firehose: FirehoseLane;
}

export class ShowdownStateMachine extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: ShowdownStateMachineProps) {
    super(scope, id);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    const grants = grantStates(role, props);
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: STATE_MACHINE_NAME,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(readFileSync(DEFINITION_FILE, 'utf8')),
      definitionSubstitutions: computeSubstitutions(props),
      role,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    for (const grant of grants) grant.applyBefore(this.stateMachine);
    for (const executions of CHILD_EXECUTIONS) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${executions}]`,
        reason: "The lanes' child executions, of this machine only; Step Functions makes up their names.",
      });
    }
    Validations.of(this.stateMachine).acknowledge(
      {
        id: 'AwsSolutions-SF1',
        reason:
          'Step Functions keeps every event of a Standard execution for 90 days; a log would be a second copy, at a price.',
      },
      {
        id: 'AwsSolutions-SF2',
        reason: 'Tracing would add X-Ray calls to the harness and its cost; the messages carry their own times.',
      },
    );
  }
}

/** A value for each `${name}` in the definition. CloudFormation takes strings only. */
function computeSubstitutions(props: ShowdownStateMachineProps): Record<string, string> {
  const { prefix, buffer, transform } = DELIVERY_STREAM_DEFAULTS;
  return {
    PlanFunctionArn: props.functions.plan.functionArn,
    GenerateFunctionArn: props.functions.generate.functionArn,
    CountArrivalsFunctionArn: props.functions.countArrivals.functionArn,
    CollectArrivalEventsFunctionArn: props.functions.collectArrivalEvents.functionArn,
    TallyFunctionArn: props.functions.tally.functionArn,
    ReportFunctionArn: props.functions.report.functionArn,
    TransformFunctionArn: props.firehose.transform.functionArn,
    SqsEventSourceMappingId: props.sqs.eventSourceMappingId,
    SqsBatchSize: String(SqsLane.batchSize),
    KinesisEventSourceMappingId: props.kinesis.eventSourceMappingId,
    KinesisBatchSize: String(KinesisLane.batchSize),
    DeliveryStreamName: props.firehose.deliveryStream.ref,
    DeliveryStreamPrefix: prefix,
    DeliveryStreamSizeMbs: String(buffer.sizeMbs),
    DeliveryStreamIntervalSeconds: String(buffer.intervalSeconds),
    TransformSizeMbs: String(transform.sizeMbs),
    TransformIntervalSeconds: String(transform.intervalSeconds),
    BucketName: props.bucket.bucketName,
    WarmUpSuffix: WARM_UP_SUFFIX,
  };
}

function grantStates(grantee: Role, props: ShowdownStateMachineProps): Grant[] {
  const stack = Stack.of(grantee);
  const grant = (actions: string[], resourceArns: string[]) => Grant.addToPrincipal({ grantee, actions, resourceArns });
  const eventSourceMappingArn = (resourceName: string) =>
    stack.formatArn({
      service: 'lambda',
      resource: 'event-source-mapping',
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  return [
    grant(
      ['lambda:InvokeFunction'],
      Object.values(props.functions).map(({ functionArn }) => functionArn),
    ),
    grant(
      ['lambda:GetEventSourceMapping', 'lambda:UpdateEventSourceMapping'],
      [props.sqs, props.kinesis].map((lane) => eventSourceMappingArn(lane.eventSourceMappingId)),
    ),
    grant(['firehose:DescribeDeliveryStream', 'firehose:UpdateDestination'], [props.firehose.deliveryStream.attrArn]),
    props.bucket.grantPutObjects(grantee, 'plans/', 'results/'),
    // A Distributed Map starts children of the very same machine and watches them:
    // https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
    grant(['states:StartExecution'], [computeStateMachineArn(stack)]),
    grant(
      ['states:DescribeExecution', 'states:StopExecution'],
      CHILD_EXECUTIONS.map((resourceName) =>
        stack.formatArn({
          service: 'states',
          resource: 'execution',
          resourceName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ),
    ),
  ];
}

/** By its fixed name: a reference would make a circle of the machine, its role and the Plan function. */
export function computeStateMachineArn(stack: Stack): string {
  return stack.formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: STATE_MACHINE_NAME,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

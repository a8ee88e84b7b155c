// The services of the account, each registered with the gateway.

import { createCloudwatchService } from './cloudwatch/create-cloudwatch-service.ts';
import type { MetricStore } from './cloudwatch/metric-store.ts';
import { createEventbridgeService, type EventbridgeService } from './eventbridge/create-eventbridge-service.ts';
import { createFirehoseService, type FirehoseService } from './firehose/create-firehose-service.ts';
import type { AssembledWorld } from './kernel/create-world.ts';
import type { Service } from './kernel/operation.ts';
import { createKinesisService, type KinesisService } from './kinesis/create-kinesis-service.ts';
import type { RequestHooks } from './lambda/execution-environment.ts';
import { LambdaService } from './lambda/lambda-service.ts';
import { createLogsService, type LogsService } from './logs/create-logs-service.ts';
import { createS3Service, type S3Service } from './s3/create-s3-service.ts';
import { createSqsService, type SqsService } from './sqs/create-sqs-service.ts';
import { createSsmService, type SsmService } from './ssm/create-ssm-service.ts';
import { createSfnService, type SfnService } from './states/create-sfn-service.ts';

export interface AccountServices {
  readonly cloudwatch: { readonly service: Service };
  readonly eventbridge: EventbridgeService;
  readonly firehose: FirehoseService;
  readonly kinesis: KinesisService;
  readonly lambda: LambdaService;
  readonly logs: LogsService;
  readonly s3: S3Service;
  readonly sfn: SfnService;
  readonly sqs: SqsService;
  readonly ssm: SsmService;
}

/** `createHttpModule` makes what functions get for `http` and `https`. */
export function createAccountServices(
  world: AssembledWorld<MetricStore>,
  createHttpModule: (hooks: RequestHooks) => unknown,
): AccountServices {
  const logs = createLogsService(world);
  const services: AccountServices = {
    cloudwatch: createCloudwatchService(world.metrics),
    eventbridge: createEventbridgeService(world),
    firehose: createFirehoseService(world),
    kinesis: createKinesisService(world),
    // Who calls is told by the key that signs the request, not by the module that sends it.
    lambda: new LambdaService(world, {
      httpModuleFor: (_accessKeyId, hooks) => createHttpModule(hooks),
      logs: logs.store,
    }),
    logs,
    s3: createS3Service(world),
    sfn: createSfnService(world),
    sqs: createSqsService(world),
    ssm: createSsmService(world),
  };
  for (const { service } of Object.values(services)) world.gateway.register(service);
  return services;
}

// How each item of the price list is found in AWS's offer files (the Price List's bulk files, one per service and Region).

import type { PriceItem } from '../../model/prices/price-list.ts';

export interface OfferQuery {
  /** AWS's code of the service, which names its offer. */
  readonly service: string;
  /** What the usagetype ends with, after the Region's prefix (`EU-`, `EUW1-`, none in us-east-1). Any of them. */
  readonly usagetypes: readonly [string, ...string[]];
  /** Where one usagetype is billed at several prices. */
  readonly operation?: string;
}

/** What AWS gives away, and has no row for. */
export const GIVEN_AWAY = 'given away';

export const OFFER_QUERIES: Readonly<Record<PriceItem, OfferQuery | typeof GIVEN_AWAY>> = {
  // us-east-1 says Requests-RBP, the others Requests-Tier1.
  'sqs.request': { service: 'AWSQueueService', usagetypes: ['Requests-RBP', 'Requests-Tier1'] },
  'eventbridge.event': { service: 'AWSEvents', usagetypes: ['Event-64K-Chunks'], operation: 'PutEvents' },
  'kinesis.shard-hour': {
    service: 'AmazonKinesis',
    usagetypes: ['Storage-ShardHour'],
    operation: 'shardHourStorage',
  },
  'kinesis.put-payload-unit': {
    service: 'AmazonKinesis',
    usagetypes: ['PutRequestPayloadUnits'],
    operation: 'PutRequest',
  },
  'firehose.gb': { service: 'AmazonKinesisFirehose', usagetypes: ['BilledBytes'] },
  // One price, two names.
  'lambda.request': { service: 'AWSLambda', usagetypes: ['Request', 'Request-ARM'] },
  'lambda.gb-second-arm64': { service: 'AWSLambda', usagetypes: ['Lambda-GB-Second-ARM'] },
  's3.put': { service: 'AmazonS3', usagetypes: ['Requests-Tier1'] },
  's3.get': { service: 'AmazonS3', usagetypes: ['Requests-Tier2'] },
  'cloudwatch.metric-requested': { service: 'AmazonCloudWatch', usagetypes: ['CW:GMD-Metrics'] },
  'logs.gb': { service: 'AmazonCloudWatch', usagetypes: ['DataProcessing-Bytes'] },
  'states.transition': { service: 'AmazonStates', usagetypes: ['StateTransition'] },
  'ssm.standard-parameter-request': GIVEN_AWAY,
};

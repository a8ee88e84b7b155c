// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html

import { z } from 'zod';
import type { AccessKeys } from '../../iam/access-keys.ts';
import type { PolicyStore } from '../../iam/policy-store.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { LambdaService } from '../../lambda/lambda-service.ts';
import { loggingConfigSchema, parseLoggingConfig } from '../../lambda/logging/logging-config.ts';
import { integerProperty, onlyValue, tagsProperty, withoutEffect } from '../property-schemas.ts';
import { defineResourceType, type ProvisionContext, type ResourceType } from '../resource-type.ts';

const MEMORY_MBS_DEFAULT = 128;
const TIMEOUT_SECONDS_DEFAULT = 3;

const functionSchema = z.strictObject({
  Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.string()).default({}) }).optional(),
  FunctionName: z.string().optional(),
  Handler: z.string(),
  LoggingConfig: loggingConfigSchema.optional(),
  MemorySize: integerProperty.pipe(z.number().min(128).max(10_240)).default(MEMORY_MBS_DEFAULT),
  ReservedConcurrentExecutions: integerProperty.pipe(z.number().min(0)).optional(),
  Role: z.string(),
  Runtime: onlyValue('nodejs24.x'),
  Timeout: integerProperty.pipe(z.number().min(1).max(900)).default(TIMEOUT_SECONDS_DEFAULT),
  Architectures: withoutEffect('durations are drawn from arm64 figures either way'),
  Description: withoutEffect('for people'),
  Tags: tagsProperty,
});
type FunctionProperties = z.output<typeof functionSchema>;

export function createFunctionType(parts: {
  lambda: LambdaService;
  policies: PolicyStore;
  accessKeys: AccessKeys;
}): ResourceType {
  const createProps = async (name: string, properties: FunctionProperties, context: ProvisionContext) => {
    const { Code, Environment, Handler, MemorySize, ReservedConcurrentExecutions, Role, Timeout } = properties;
    assertTrust(parts.policies, Role, `arn:aws:lambda:${context.region}:${context.accountId}:function:${name}`);
    return {
      name,
      roleArn: Role,
      memorySizeMb: MemorySize,
      timeoutSeconds: Timeout,
      codeFolder: await context.findAssetFolder(Code.S3Bucket, Code.S3Key),
      handler: Handler,
      environment: Environment?.Variables ?? {},
      logging: parseLoggingConfig(name, properties.LoggingConfig),
      ...(ReservedConcurrentExecutions !== undefined && { reservedConcurrency: ReservedConcurrentExecutions }),
    };
  };
  return defineResourceType({
    name: 'AWS::Lambda::Function',
    properties: functionSchema,
    async provision(properties, context) {
      const name = properties.FunctionName ?? context.createName({ lengthMax: 64 });
      const props = await createProps(name, properties, context);
      const { arn } = parts.lambda.createFunction(
        props,
        // The session is named as the function; seen in https://github.com/aws-samples/serverless-patterns/pull/2457
        parts.accessKeys.issueSession({ roleArn: properties.Role, sessionName: name }),
      );
      return { reference: name, attributes: { Arn: arn } };
    },
    updatable: ['Code', 'Environment', 'Handler', 'MemorySize', 'ReservedConcurrentExecutions', 'Timeout'],
    async update(resource, properties, context) {
      parts.lambda.updateFunction(await createProps(resource.reference, properties, context));
      return resource;
    },
    delete({ reference }) {
      try {
        parts.lambda.deleteFunction(reference);
      } catch (error) {
        if (!(error instanceof AwsError && error.code === 'ResourceNotFoundException')) throw error;
      }
    },
  });
}

/** As CreateFunction refuses it, in its own words. */
function assertTrust(policies: PolicyStore, roleArn: string, functionArn: string): void {
  if (policies.trusts(roleArn, 'lambda.amazonaws.com', functionArn)) return;
  throw new AwsError(
    'InvalidParameterValueException',
    'The role defined for the function cannot be assumed by Lambda.',
  );
}

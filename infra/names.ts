// What the stack and those who look for it must agree on. Imports nothing, so that the command line starts without the CDK.

export const STACK_NAME = 'eventing-messaging-showdown';

/** Fixed, so that a policy can name the machine before it exists. */
export const STATE_MACHINE_NAME = 'showdown';

/** Parameter Store names. The stack creates all of them but `factsApiKey`, which a user may store as a SecureString. */
export const PARAMETER_NAMES = {
  queueUrl: `/${STACK_NAME}/queue-url`,
  stateMachineArn: `/${STACK_NAME}/state-machine-arn`,
  bucketName: `/${STACK_NAME}/bucket-name`,
  factsApiKey: `/${STACK_NAME}/facts-api-key`,
} as const;

export const OUTPUT_NAMES = { stateMachineArn: 'StateMachineArn', bucketName: 'BucketName' } as const;

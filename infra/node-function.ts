// A Lambda function as this stack makes them: its bundle, its own role, its own log group.

import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { FUNCTION_MEMORY_MBS } from '../model/cost/lambda-billing.ts';

const PROJECT_ROOT = join(import.meta.dirname, '..');

export interface NodeFunctionProps {
  /** Folder in functions/ whose handler.ts is bundled. Functions with the same folder share one asset. */
  readonly folder:
    | 'plan'
    | 'generate'
    | 'consume'
    | 'transform'
    | 'count-arrivals'
    | 'collect-arrival-events'
    | 'tally'
    | 'report';
  /** What the function does, for whoever meets it in the console. */
  readonly description: string;
  /** Whole seconds, 1 to 900. */
  readonly timeoutSeconds: number;
  /** MiB. Default 512: the same for every consumer, so that none wins by its size. */
  readonly memoryMbs?: number;
  /** Environment variables. Default none. */
  readonly environment?: Readonly<Record<string, string>>;
}

export class NodeFunction extends NodejsFunction {
  /** Its own; CDK's `role` may be undefined. */
  readonly executionRole: Role;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: RetentionDays.TWO_WEEKS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // The role CDK would make holds AWSLambdaBasicExecutionRole, which may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    super(scope, id, {
      description: props.description,
      entry: join(PROJECT_ROOT, 'functions', props.folder, 'handler.ts'),
      handler: 'handler',
      projectRoot: PROJECT_ROOT,
      depsLockFilePath: join(PROJECT_ROOT, 'package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMbs ?? FUNCTION_MEMORY_MBS,
      timeout: Duration.seconds(props.timeoutSeconds),
      environment: props.environment,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      awsSdkConnectionReuse: false,
      bundling: {
        minify: true,
        sourceMap: false,
        // The runtime's own SDK changes under us; the bundled one is the one that was tested, and starts faster.
        externalModules: [],
        mainFields: ['module', 'main'],
        // In one CommonJS file nothing is left to import later: `require` gives the same modules at once.
        esbuildArgs: { '--supported:dynamic-import': 'false' },
        logLevel: LogLevel.ERROR,
      },
    });
    this.executionRole = role;
  }
}

// The embedded AWS, put together: one account in one Region, in virtual time.

import { createAccountServices } from './account-services.ts';
import { type DeployedStack, deployStack } from './cloudformation/deploy-stack.ts';
import { loadStack } from './cloudformation/load-assembly.ts';
import { createResourceTypes } from './cloudformation/resources/resource-types.ts';
import { MetricStore } from './cloudwatch/metric-store.ts';
import { createAccessControl } from './iam/access-control.ts';
import { AccessKeys, type Credentials } from './iam/access-keys.ts';
import { PolicyStore } from './iam/policy-store.ts';
import { createWorld } from './kernel/create-world.ts';
import { UnsupportedFeatureError } from './kernel/errors.ts';
import type { ObservedCall } from './kernel/gateway.ts';
import { OutsideWork } from './kernel/outside-work.ts';
import type { VirtualClock } from './kernel/virtual-clock.ts';
import type { InvocationRecord } from './lambda/lambda-function.ts';
import { createHttpFront } from './wire/http-front.ts';
import { createInProcessHttpModule } from './wire/in-process-http.ts';
import { createSdkRequestHandler, type SdkRequestHandler } from './wire/sdk-request-handler.ts';

export interface EmulatorOptions {
  /** Any 32-bit integer; the same one gives the same run. */
  readonly seed: number;
  /** What the virtual clock shows at first, epoch milliseconds. */
  readonly startMs: number;
  /** Default `us-east-1`. */
  readonly region?: string;
  /** Twelve digits. Default `000000000000`. */
  readonly accountId?: string;
}

/** What an SDK client of the account's owner is made with. Nothing it sends leaves the process. */
export interface EmulatorClientConfig {
  readonly region: string;
  readonly credentials: Credentials;
  readonly requestHandler: SdkRequestHandler;
}

export interface Emulator {
  readonly clock: VirtualClock;
  /**
   * Provisions the stack of a synthesized CDK app; `stackName` only when the app has more than one. Takes no virtual time.
   * @throws {AssemblyError}, TemplateError, CircularDependencyError, ProvisioningError and UnsupportedFeatureError.
   */
  deploy(assemblyFolder: string, stackName?: string): Promise<DeployedStack>;
  clientConfig(): EmulatorClientConfig;
  /**
   * Runs the clock until `promise` settles. While what stands behind it works in real time (a client that reads its settings,
   * say), the clock stands still; it goes on when that waits for a request of such a client or for `sleep`.
   */
  runUntilSettled<T>(promise: Promise<T>): Promise<T>;
  /** Resolves after so much virtual time. For work that `runUntilSettled` runs. */
  sleep(durationMs: number): Promise<void>;
  /** Told of every call that was authorised. */
  onCall(listener: (call: ObservedCall) => void): void;
  /** Told of every invocation when it has ended. */
  onInvocation(listener: (invocation: InvocationRecord) => void): void;
  /** What a function printed last. */
  logsOf(functionName: string): readonly string[];
}

const REGION_DEFAULT = 'us-east-1';
const ACCOUNT_ID_DEFAULT = '000000000000';

/**
 * The account has been bootstrapped for the CDK, by the version of the template that CDK 2.1148 comes with.
 * https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
const BOOTSTRAP_PARAMETER = { name: '/cdk-bootstrap/hnb659fds/version', type: 'String', value: '33' } as const;

export function createEmulator(options: EmulatorOptions): Emulator {
  const { seed, startMs, region = REGION_DEFAULT, accountId = ACCOUNT_ID_DEFAULT } = options;
  const account = { region, accountId };
  const outside = new OutsideWork();
  const policies = new PolicyStore(account);
  const access = createAccessControl(policies, account);
  const world = createWorld({
    seed,
    startMs,
    ...account,
    access,
    metrics: (clock, latency) => new MetricStore(clock, latency),
    settle: async () => {
      await services.lambda.settle();
      await outside.settle();
    },
  });
  const { clock, gateway } = world;
  const accessKeys = new AccessKeys(world.random('iam/access-keys'));
  const front = createHttpFront({ gateway, findPrincipal: (accessKeyId) => accessKeys.find(accessKeyId) });
  const services = createAccountServices(world, (hooks) => createInProcessHttpModule(front, hooks));
  services.ssm.createParameter(BOOTSTRAP_PARAMETER);

  const types = createResourceTypes({ services, policies, access, accessKeys });
  const random = world.random('cloudformation');
  const rootCredentials = accessKeys.issueRootKey();
  const stackNames = new Set<string>();
  return {
    clock,
    async deploy(assemblyFolder, stackName) {
      const stack = await loadStack(assemblyFolder, { ...account, stackName });
      if (stackNames.has(stack.stackName)) {
        throw new UnsupportedFeatureError(`stack ${stack.stackName}`, 'an update of a stack');
      }
      stackNames.add(stack.stackName);
      const findStoredParameter = (name: string) => services.ssm.readParameter(name);
      return deployStack(stack, { ...account, types, findStoredParameter, random });
    },
    clientConfig: () => ({
      region,
      credentials: rootCredentials,
      requestHandler: createSdkRequestHandler({ handle: (request) => outside.waitFor(() => front.handle(request)) }),
    }),
    runUntilSettled(promise) {
      outside.begin();
      return clock.runUntilSettled(promise.finally(() => outside.end()));
    },
    sleep: (durationMs) => outside.waitFor(() => clock.sleep(durationMs)),
    onCall: (listener) => gateway.observe(listener),
    onInvocation: (listener) => services.lambda.onInvocation(listener),
    logsOf: (functionName) => services.lambda.logsOf(functionName),
  };
}

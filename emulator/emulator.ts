// The embedded AWS, put together: one account in one Region, in virtual time.

import { ACCOUNT_ID_DEFAULT, type AccountOptions, createAccount, REGION_DEFAULT } from './account.ts';
import type { DeployedStack } from './cloudformation/deploy-stack.ts';
import type { Credentials, SessionCredentials } from './iam/access-keys.ts';
import type { DecisionListener } from './iam/access-log.ts';
import type { ObservedCall } from './kernel/gateway.ts';
import { OutsideWork } from './kernel/outside-work.ts';
import { VirtualClock } from './kernel/virtual-clock.ts';
import type { InvocationRecord } from './lambda/lambda-function.ts';
import { createSdkRequestHandler, type SdkRequestHandler } from './wire/sdk-request-handler.ts';

export interface EmulatorOptions extends AccountOptions {
  /** What the virtual clock shows at first, epoch milliseconds. The same seed and start give the same run. */
  readonly startMs: number;
}

/** What an SDK client of the account's owner is made with. Nothing it sends leaves the process. */
export interface EmulatorClientConfig {
  readonly region: string;
  readonly credentials: Credentials | SessionCredentials;
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
  /** For a client of a new session of an administrator, who may take on roles; the account's owner may not. */
  administratorClientConfig(): EmulatorClientConfig;
  /**
   * Runs the clock until `promise` settles. While what stands behind it works in real time (a client that reads its settings,
   * say), the clock stands still; it goes on when that waits for a request of such a client or for `sleep`.
   */
  runUntilSettled<T>(promise: Promise<T>): Promise<T>;
  /** Resolves after so much virtual time. For work that `runUntilSettled` runs. */
  sleep(durationMs: number): Promise<void>;
  /** Told of every call that was authorised. */
  onCall(listener: (call: ObservedCall) => void): void;
  /** Told of every decision on access: on calls, on trust in roles, and on what a deployment checks beforehand. */
  onAccess(listener: DecisionListener): void;
  /** Told of every invocation when it has ended. */
  onInvocation(listener: (invocation: InvocationRecord) => void): void;
  /** What a function printed last. */
  logsOf(functionName: string): readonly string[];
}

export function createEmulator(options: EmulatorOptions): Emulator {
  const { seed, startMs, region = REGION_DEFAULT, accountId = ACCOUNT_ID_DEFAULT } = options;
  const outside = new OutsideWork();
  const clock = new VirtualClock({
    startMs,
    settle: async () => {
      await services.lambda.settle();
      await outside.settle();
    },
  });
  const account = createAccount({ clock, seed, region, accountId });
  const { world, services, rootCredentials, deploy, onAccess } = account;
  const front = account.createFront();
  const createClientConfig = (credentials: Credentials) => ({
    region,
    credentials,
    requestHandler: createSdkRequestHandler({ handle: (request) => outside.waitFor(() => front.handle(request)) }),
  });
  return {
    clock,
    deploy,
    clientConfig: () => createClientConfig(rootCredentials),
    administratorClientConfig: () => createClientConfig(account.issueAdministratorCredentials()),
    runUntilSettled(promise) {
      outside.begin();
      return clock.runUntilSettled(promise.finally(() => outside.end()));
    },
    sleep: (durationMs) => outside.waitFor(() => clock.sleep(durationMs)),
    onCall: (listener) => world.gateway.observe(listener),
    onAccess,
    onInvocation: (listener) => services.lambda.onInvocation(listener),
    logsOf: (functionName) => services.lambda.logsOf(functionName),
  };
}

// One account in one Region, on a clock of any kind: its services, who may do what in them, and the stacks deployed to it.

import { type AccountServices, createAccountServices } from './account-services.ts';
import { type DeployedStack, deployStack } from './cloudformation/deploy-stack.ts';
import { loadStack } from './cloudformation/load-assembly.ts';
import { createResourceTypes } from './cloudformation/resources/resource-types.ts';
import { MetricStore } from './cloudwatch/metric-store.ts';
import { createAccessControl } from './iam/access-control.ts';
import { AccessKeys, type Credentials } from './iam/access-keys.ts';
import type { DecisionListener } from './iam/access-log.ts';
import { PolicyStore } from './iam/policy-store.ts';
import type { Clock } from './kernel/clock.ts';
import { type AssembledWorld, assembleWorld } from './kernel/create-world.ts';
import { UnsupportedFeatureError } from './kernel/errors.ts';
import { createHttpFront, type HttpFront, type HttpFrontOptions } from './wire/http-front.ts';
import { createInProcessHttpModule } from './wire/in-process-http.ts';

export interface AccountOptions {
  /** Any 32-bit integer. What is random follows from it. */
  readonly seed: number;
  /** Default `us-east-1`. */
  readonly region?: string;
  /** Twelve digits. Default `000000000000`. */
  readonly accountId?: string;
}

export interface AccountParts extends Required<AccountOptions> {
  readonly clock: Clock;
  /** As in `WorldParts`. */
  readonly queueOrigin?: string;
}

export interface Account {
  readonly world: AssembledWorld<MetricStore>;
  readonly services: AccountServices;
  readonly rootCredentials: Credentials;
  /** A door for HTTP requests; functions have one of their own. */
  createFront(options?: HttpFrontOptions): HttpFront;
  /**
   * Provisions the stack of a synthesized CDK app; `stackName` only when the app has more than one. Takes no emulated time.
   * @throws {AssemblyError}, TemplateError, CircularDependencyError, ProvisioningError and UnsupportedFeatureError.
   */
  deploy(assemblyFolder: string, stackName?: string): Promise<DeployedStack>;
  /** Told of every decision on access: on calls, on trust in roles, and on what a deployment checks beforehand. */
  onAccess(listener: DecisionListener): void;
}

export const REGION_DEFAULT = 'us-east-1';
export const ACCOUNT_ID_DEFAULT = '000000000000';

/**
 * The account has been bootstrapped for the CDK, by the version of the template that CDK 2.1148 comes with.
 * https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
const BOOTSTRAP_PARAMETER = { name: '/cdk-bootstrap/hnb659fds/version', type: 'String', value: '33' } as const;

export function createAccount({ clock, seed, region, accountId, queueOrigin }: AccountParts): Account {
  const place = { region, accountId };
  const policies = new PolicyStore({ ...place, nowMs: () => clock.now() });
  const access = createAccessControl(policies);
  const world = assembleWorld({
    clock,
    seed,
    ...place,
    access,
    metrics: (_clock, latency) => new MetricStore(clock, latency),
    ...(queueOrigin !== undefined && { queueOrigin }),
  });
  const accessKeys = new AccessKeys(world.random('iam/access-keys'));
  const createFront = (options: HttpFrontOptions = {}) =>
    createHttpFront(
      { gateway: world.gateway, region, findPrincipal: (accessKeyId) => accessKeys.find(accessKeyId) },
      options,
    );
  // Code takes the endpoint of a queue from its URL.
  const queueHost = queueOrigin === undefined ? undefined : new URL(queueOrigin).hostname;
  const functionFront = createFront({ isLocalHost: (host) => host === queueHost });
  const services = createAccountServices(world, (hooks) => createInProcessHttpModule(functionFront, hooks));
  services.ssm.createParameter(BOOTSTRAP_PARAMETER);

  const types = createResourceTypes({ services, policies, access, accessKeys });
  const random = world.random('cloudformation');
  const stackNames = new Set<string>();
  return {
    world,
    services,
    rootCredentials: accessKeys.issueRootKey(),
    createFront,
    async deploy(assemblyFolder, stackName) {
      const stack = await loadStack(assemblyFolder, { ...place, stackName });
      if (stackNames.has(stack.stackName)) {
        throw new UnsupportedFeatureError(`stack ${stack.stackName}`, 'an update of a stack');
      }
      stackNames.add(stack.stackName);
      const findStoredParameter = (name: string) => services.ssm.readParameter(name);
      return deployStack(stack, { ...place, types, findStoredParameter, random });
    },
    onAccess: (listener) => policies.log.onDecision(listener),
  };
}

// One account in one Region, on a clock of any kind: its services, who may do what in them, and the stacks deployed to it.

import { type AccountServices, createAccountServices } from './account-services.ts';
import { bootstrapAccount } from './cloudformation/bootstrap/bootstrap-account.ts';
import { createCloudformationService } from './cloudformation/create-cloudformation-service.ts';
import { type DeployedStack, deployStack } from './cloudformation/deploy-stack.ts';
import { loadStack } from './cloudformation/load-assembly.ts';
import { createResourceTypes } from './cloudformation/resources/resource-types.ts';
import { Stacks } from './cloudformation/stacks.ts';
import { MetricStore } from './cloudwatch/metric-store.ts';
import { createAccessControl } from './iam/access-control.ts';
import { AccessKeys, type Credentials, type SessionCredentials } from './iam/access-keys.ts';
import type { DecisionListener } from './iam/access-log.ts';
import { PolicyStore } from './iam/policy-store.ts';
import type { Clock } from './kernel/clock.ts';
import { type AssembledWorld, assembleWorld } from './kernel/create-world.ts';
import { createStsService } from './sts/create-sts-service.ts';
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
  /** Of a new session of an administrator, who may do everything and, unlike the account's owner, take on roles. */
  issueAdministratorCredentials(): SessionCredentials;
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

/** Stands for the people who deploy: as in an account that is reached through IAM Identity Center. */
const ADMINISTRATOR = { roleName: 'Administrator', sessionName: 'administrator' } as const;

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

  const types = createResourceTypes({ services, policies, access, accessKeys });
  const random = world.random('cloudformation');
  const stacks = new Stacks();
  const nowMs = clock.now();
  bootstrapAccount({ ...place, types, stacks, random: world.random('cloudformation/bootstrap'), nowMs });
  const administratorArn = createAdministrator(policies, accountId);
  world.gateway.register(createStsService({ accountId, clock, access, accessKeys, policies }).service);
  world.gateway.register(createCloudformationService(world, { types, stacks, policies }).service);
  return {
    world,
    services,
    rootCredentials: accessKeys.issueRootKey(),
    issueAdministratorCredentials: () =>
      accessKeys.issueSession({ roleArn: administratorArn, sessionName: ADMINISTRATOR.sessionName }),
    createFront,
    async deploy(assemblyFolder, stackName) {
      const stack = await loadStack(assemblyFolder, { ...place, stackName });
      const findStoredParameter = (name: string) => services.ssm.readParameter(name);
      return deployStack(stack, { ...place, types, stacks, findStoredParameter, random, nowMs: clock.now() });
    },
    onAccess: (listener) => policies.log.onDecision(listener),
  };
}

/** Gives its ARN. */
function createAdministrator(policies: PolicyStore, accountId: string): string {
  return policies.createRole({
    roleName: ADMINISTRATOR.roleName,
    trustPolicy: { Statement: { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' } },
    managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  });
}

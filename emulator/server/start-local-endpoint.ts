// The emulator as a local AWS endpoint: one account in wall-clock time, behind an HTTP server.

import { ACCOUNT_ID_DEFAULT, type AccountOptions, createAccount, REGION_DEFAULT } from '../account.ts';
import type { DeployedStack } from '../cloudformation/deploy-stack.ts';
import type { SessionCredentials } from '../iam/access-keys.ts';
import { type HttpServerOptions, startHttpServer } from './http-server.ts';
import { WallClock } from './wall-clock.ts';

export interface LocalEndpointOptions extends AccountOptions, Pick<HttpServerOptions, 'host' | 'port'> {
  /** Told of what goes wrong inside the emulator and has nobody else to tell. */
  readonly onFailure: (error: unknown) => void;
}

export interface LocalEndpoint {
  /** What `AWS_ENDPOINT_URL` is set to: `http://127.0.0.1:4566`. */
  readonly origin: string;
  readonly region: string;
  /** Of an administrator's session, which may do everything, and take on roles as the CDK does. */
  readonly credentials: SessionCredentials;
  /** As `Account.deploy`. */
  deploy(assemblyFolder: string, stackName?: string): Promise<DeployedStack>;
  /** Ends all connections; nothing is kept. */
  close(): Promise<void>;
}

/** @throws what listening fails with: `EADDRINUSE` when the port is taken. */
export async function startLocalEndpoint(options: LocalEndpointOptions): Promise<LocalEndpoint> {
  const { seed, region = REGION_DEFAULT, accountId = ACCOUNT_ID_DEFAULT, onFailure } = options;
  const server = await startHttpServer(options);
  const clock = new WallClock({ onFailure });
  const account = createAccount({ clock, seed, region, accountId, queueOrigin: server.origin });
  const front = account.createFront({ isLocalHost: () => true, takesModelledTime: false });
  server.serve((request) => front.handle(request));
  return {
    origin: server.origin,
    region,
    credentials: account.issueAdministratorCredentials(),
    deploy: account.deploy,
    async close() {
      clock.stop();
      await server.close();
    },
  };
}

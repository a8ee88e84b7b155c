// `showdown serve`: the emulator as a local AWS endpoint, with the stack deployed.

import { once } from 'node:events';
import { type LocalEndpoint, startLocalEndpoint } from '../../emulator/server/start-local-endpoint.ts';
import { OUTPUT_NAMES, STACK_NAME } from '../../infra/names.ts';
import { synthesize } from '../synthesize.ts';
import { EXIT_GOOD } from './exit-codes.ts';

export interface ServeOptions {
  /** 0 for any that is free. */
  readonly port: number;
  readonly seed: number;
  /** Leave the account without the stack. */
  readonly empty: boolean;
}

/** Thrown when the endpoint cannot be opened. */
class PortInUseError extends Error {
  override name = 'PortInUseError';
}

/**
 * Serves until it is interrupted. Resolves to the exit code.
 * @throws {PortInUseError}
 */
export async function serve({ port, seed, empty }: ServeOptions): Promise<number> {
  const endpoint = await open(port, seed);
  process.stdout.write(introduce(endpoint, empty ? undefined : await deployTo(endpoint)));
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await endpoint.close();
  return EXIT_GOOD;
}

async function open(port: number, seed: number): Promise<LocalEndpoint> {
  try {
    return await startLocalEndpoint({ port, seed, onFailure: reportFailure });
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE')) throw cause;
    throw new PortInUseError(`port ${port} is taken; name another with --port`, { cause });
  }
}

async function deployTo(endpoint: LocalEndpoint): Promise<Readonly<Record<string, string>>> {
  const { assemblyFolder } = await synthesize();
  return (await endpoint.deploy(assemblyFolder, STACK_NAME)).outputs;
}

function introduce(
  { origin, region, credentials }: LocalEndpoint,
  outputs: Readonly<Record<string, string>> | undefined,
): string {
  const examples = outputs
    ? [
        `  aws stepfunctions start-execution --state-machine-arn ${outputs[OUTPUT_NAMES.stateMachineArn]} --input '{}'`,
        `  aws s3 ls s3://${outputs[OUTPUT_NAMES.bucketName]}/reports/ --recursive`,
        '  npm run showdown -- run --aws',
      ]
    : ['  npm run showdown -- deploy'];
  return `${[
    `The emulator answers at ${origin}, Region ${region}, ${outputs ? `with the stack ${STACK_NAME}` : 'with an empty account'}.`,
    'Time passes as on the wall; latencies inside it are modelled. Nothing is kept when it stops (Ctrl+C).',
    '',
    'In another terminal:',
    '',
    `  export AWS_ENDPOINT_URL=${origin} AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    `  export AWS_ACCESS_KEY_ID=${credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`,
    `  export AWS_SESSION_TOKEN=${credentials.sessionToken}`,
    ...examples,
    '',
  ].join('\n')}\n`;
}

function reportFailure(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

// `showdown run`: one execution, from its input to the report in a folder.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseInput } from '../../model/input.ts';
import type { Plan } from '../../model/trial.ts';
import { renderSummary } from '../../reports/render-summary.ts';
import { openAwsEnvironment } from './aws-environment.ts';
import { EMULATED_REGION, openEmulatedEnvironment } from './emulated-environment.ts';
import type { Environment } from './environment.ts';
import { EXIT_BAD_INPUT, EXIT_FAILED, EXIT_GOOD } from './exit-codes.ts';
import { isBadInput } from './explain-error.ts';
import { fetchReport } from './fetch-report.ts';
import { type ExecutionEnd, followExecution } from './follow-execution.ts';
import { computeRunPlan, countTrials } from './run-plan.ts';
import { createProgressLine, renderCount, renderDuration, SILENT_PROGRESS } from './terminal.ts';

export interface RunOptions {
  readonly rawInput: Readonly<Record<string, unknown>>;
  readonly aws: boolean;
  /** Emulator only. */
  readonly seed: number;
  /** Where the report goes; `runs/<runId>` when not given. */
  readonly outFolder: string | undefined;
  /** Print report.json instead of words. */
  readonly json: boolean;
}

/**
 * Resolves to the exit code.
 * @throws {InvalidInputError} and the other refusals of planning, before anything is started.
 */
export async function run(options: RunOptions): Promise<number> {
  const runId = options.aws ? nameAwsRun(new Date()) : nameEmulatedRun(options);
  // Before the emulator is built: a refusal should not have to wait for it.
  if (!options.aws) computeRunPlan({ rawInput: options.rawInput, runId, region: EMULATED_REGION });
  const environment = options.aws ? await openAwsEnvironment() : await openEmulatedEnvironment({ seed: options.seed });
  const plan = computeRunPlan({ rawInput: options.rawInput, runId, region: environment.region });
  const folder = options.outFolder ?? join('runs', runId);

  if (!options.json) process.stdout.write(introduce(plan, environment));
  const { end, files } = await environment.drive(() => execute(environment, plan, options, folder));
  if (options.json) await printJson(files);
  else await printSummary(files);
  return concludeRun(end);
}

/** Emulated runs are named by what decides them, so that the same command writes the same folder again. */
function nameEmulatedRun({ seed, rawInput }: RunOptions): string {
  const digest = createHash('sha256')
    .update(JSON.stringify(parseInput(rawInput)))
    .digest('hex');
  return `seed-${seed}-${digest.slice(0, 8)}`;
}

/** Execution names cannot be used again for 90 days; the start's second makes one. */
function nameAwsRun(now: Date): string {
  return `run-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`;
}

function introduce(plan: Plan, environment: Environment): string {
  const { costUsd, durationSeconds } = plan.estimate;
  const services = plan.lanes.map((lane) => lane.service).join(', ');
  const cost = environment.emulated ? `would cost about $${costUsd.toFixed(4)} on AWS` : `about $${costUsd.toFixed(4)}`;
  return [
    `Run ${plan.runId} on ${environment.title}`,
    `${services} at batch size ${plan.input.batchSizes.join(', ')}: ${renderCount(countTrials(plan), 'trial')}, about ${renderDuration(durationSeconds * 1000)} of AWS time, ${cost}`,
    '',
    '',
  ].join('\n');
}

async function execute(
  environment: Environment,
  plan: Plan,
  options: RunOptions,
  folder: string,
): Promise<{ end: ExecutionEnd; files: readonly string[] }> {
  const line = options.json ? SILENT_PROGRESS : createProgressLine(process.stderr);
  const expected = renderDuration(plan.estimate.durationSeconds * 1000);
  const end = await followExecution(environment, { runId: plan.runId, input: options.rawInput }, (progress) => {
    const elapsed = renderDuration(progress.elapsedMs);
    const text = `${elapsed} of about ${expected}: ${progress.trialsDone} of ${renderCount(countTrials(plan), 'trial')} done`;
    line.show(text, progress.trialsDone);
  });
  line.end();
  return { end, files: await fetchReport(environment, plan.runId, folder) };
}

async function printJson(files: readonly string[]): Promise<void> {
  const path = files.find((file) => file.endsWith('.json'));
  if (path) process.stdout.write(await readFile(path, 'utf8'));
}

async function printSummary(files: readonly string[]): Promise<void> {
  const jsonPath = files.find((file) => file.endsWith('.json'));
  const markdownPath = files.find((file) => file.endsWith('.md'));
  if (!jsonPath || !markdownPath) return;
  process.stdout.write(`${renderSummary(JSON.parse(await readFile(jsonPath, 'utf8')))}\n\n`);
  process.stdout.write(`Report: ${relative('.', markdownPath)}\n`);
  const pagePath = files.find((file) => file.endsWith('.html'));
  if (pagePath) process.stdout.write(`With charts, for a browser: ${relative('.', pagePath)}\n`);
}

function concludeRun({ status, error, cause }: ExecutionEnd): number {
  if (status === 'SUCCEEDED') return EXIT_GOOD;
  process.stderr.write(`The execution ended as ${status}${error ? `: ${error}` : ''}\n${cause}${cause ? '\n' : ''}`);
  return isBadInput(error) ? EXIT_BAD_INPUT : EXIT_FAILED;
}

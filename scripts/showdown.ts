#!/usr/bin/env node
// The command line. Each command is one file in command-line/; this one only says what there is.

import { Command, InvalidArgumentError, Option } from 'commander';
import { compare, describeMetrics } from './command-line/compare.ts';
import { deploy, destroy } from './command-line/deploy.ts';
import { addInputOptions, parseInputOptions } from './command-line/input-options.ts';
import { showPlan } from './command-line/plan.ts';
import { fetchReports, listReports, showReport } from './command-line/reports.ts';
import { run } from './command-line/run.ts';
import { runProgram } from './command-line/run-program.ts';
import { serve } from './command-line/serve.ts';

const program = new Command('showdown')
  .description(
    'Measures what EventBridge, SQS, Kinesis Data Streams and Data Firehose cost and how fast they deliver, at the batch sizes you pick.',
  )
  .showHelpAfterError('(--help lists what there is)')
  .configureOutput({ outputError: (text, write) => write(text) });

addInputOptions(
  program
    .command('run')
    .description('run the showdown, on the embedded emulator unless --aws is given, and fetch its report')
    .option('--aws', 'run on the stack deployed in your AWS account (this costs money; see --cost-limit-usd)')
    .option('--seed <number>', 'emulator: what is random follows from it', parseSeed, 1)
    .option('--out <folder>', 'where the report goes', 'runs/<run id>')
    .option('--json', 'print report.json on standard output, and nothing else'),
).action(async (_options, command: Command) => {
  const options = command.opts();
  process.exitCode = await run({
    rawInput: await parseInputOptions(command),
    aws: options.aws === true,
    seed: options.seed,
    outFolder: command.getOptionValueSource('out') === 'default' ? undefined : options.out,
    json: options.json === true,
  });
});

addInputOptions(
  program
    .command('plan')
    .description('show what a run would do, take and cost; nothing is started')
    .option('--json', 'print the plan as JSON'),
).action(async (_options, command: Command) => {
  process.exitCode = showPlan({ rawInput: await parseInputOptions(command), json: command.opts().json === true });
});

program
  .command('compare')
  .description('show what changed from one report to another, and fail when a metric got worse by more than a margin')
  .argument('<before>', 'a report.json, the folder that holds it, or the id of a run below runs/')
  .argument('<after>', 'the same')
  .option('--fail-on <rule>', 'a metric and the margin by which it may get worse; can be repeated', collect)
  .option('--json', 'print the comparison as JSON')
  .addOption(new Option('--markdown', 'print the comparison as Markdown').conflicts('json'))
  .option('--out <file>', 'write it to a file instead')
  .addHelpText('after', `\n${describeMetrics()}`)
  .action(async (before, after, options) => {
    process.exitCode = await compare({
      before,
      after,
      failOn: options.failOn ?? [],
      json: options.json === true,
      markdown: options.markdown === true,
      outFile: options.out,
    });
  });

const reports = program.command('reports').description('list, show and fetch reports');

reports
  .command('list')
  .description('list the reports in the folder runs, those written last first')
  .option('--aws', 'list those in the bucket of the stack deployed in your AWS account, newest first')
  .option('--json', 'print them as JSON')
  .action(async (options) => {
    process.exitCode = await listReports({ aws: options.aws === true, json: options.json === true });
  });

reports
  .command('show')
  .description('print a report in brief')
  .argument('[run id]', 'the newest when not given')
  .option('--aws', 'one in the bucket of the stack deployed in your AWS account')
  .option('--json', 'print report.json')
  .addOption(new Option('--markdown', 'print the report as Markdown').conflicts('json'))
  .action(async (runId, options) => {
    process.exitCode = await showReport(runId, {
      aws: options.aws === true,
      json: options.json === true,
      markdown: options.markdown === true,
    });
  });

reports
  .command('fetch')
  .description('copy a report from the bucket of the stack deployed in your AWS account')
  .argument('[run id]', 'the newest when not given')
  .option('--out <folder>', 'where its files go', 'runs/<run id>')
  .action(async (runId, _options, command: Command) => {
    const isGiven = command.getOptionValueSource('out') !== 'default';
    process.exitCode = await fetchReports(runId, { outFolder: isGiven ? command.opts().out : undefined });
  });

program
  .command('serve')
  .description('serve the emulator as a local AWS endpoint, with the stack deployed, until it is interrupted')
  .option('--port <number>', 'where it listens, on this machine only; 0 for any free one', parsePort, 4566)
  .option('--seed <number>', 'what is random follows from it', parseSeed, 1)
  .option('--empty', 'leave the stack out, to deploy it yourself')
  .action(async (options) => {
    process.exitCode = await serve({ port: options.port, seed: options.seed, empty: options.empty === true });
  });

program
  .command('deploy')
  .description('deploy the stack to the AWS account and region of your AWS settings')
  .action(async () => {
    process.exitCode = await deploy();
  });

program
  .command('destroy')
  .description('delete the stack and everything in it, reports included')
  .action(async () => {
    process.exitCode = await destroy();
  });

await runProgram(program);

function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed > 0xffff_ffff)
    throw new InvalidArgumentError('It must be a whole number from 0 to 4294967295.');
  return seed;
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
  return port;
}

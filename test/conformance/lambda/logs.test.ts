// Rule: each execution environment has a log stream, in text or JSON, with lines of the platform and of the code as the levels want
//   them; without the permissions of its role there is none.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-advanced.html

import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../../../emulator/create-test-account.fixture.ts';
import { AwsError } from '../../../emulator/kernel/errors.ts';
import type { LoggingConfig } from '../../../emulator/lambda/logging/logging-config.ts';

const GROUP = '/aws/lambda/tested';
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

interface Options {
  readonly logging?: LoggingConfig;
  readonly denied?: readonly string[];
  readonly timeoutSeconds?: number;
}

function deploy(code: string, { logging, denied = [], timeoutSeconds = 30 }: Options = {}) {
  const needs = new Set<string>();
  const account = createTestAccount({
    access: {
      authorize(caller, { action, resource }) {
        if (caller.kind === 'role') needs.add(`${action} ${resource}`);
        if (caller.kind === 'role' && denied.includes(action)) throw new AwsError('AccessDeniedException', action);
      },
    },
  });
  account.createFunction(code, { timeoutSeconds, ...(logging && { logging }) });
  const invoke = () => account.call('lambda', 'Invoke', { FunctionName: 'tested' });
  const readLines = async (logGroupName = GROUP) => {
    const { events } = await account.call('logs', 'FilterLogEvents', { logGroupName });
    return (events as { message: string }[]).map(({ message }) => message);
  };
  const readJson = async (logGroupName = GROUP) => (await readLines(logGroupName)).map((line) => JSON.parse(line));
  return { ...account, needs, invoke, readLines, readJson };
}

const json = (levels: object = {}): LoggingConfig => ({
  format: 'JSON',
  logGroup: GROUP,
  applicationLevel: 'INFO',
  systemLevel: 'INFO',
  ...levels,
});

const PRINT_ALL =
  'exports.handler = async () => { for (const name of ["trace", "debug", "log", "warn", "error"]) console[name](name); };';

describe('in Text', () => {
  test('an invocation has its START, END and REPORT, and what it printed', async () => {
    const { invoke, readLines, invocations } = deploy(
      'exports.handler = async () => console.log("a %d", 1, { b: 2 });',
    );

    await invoke();
    await invoke();

    const [cold, warm] = invocations;
    const [time, requestId, level, text] = (await readLines())[2]?.split('\t') ?? [];
    expect(await readLines()).toEqual([
      expect.stringMatching(/^INIT_START Runtime Version: nodejs:24\.\S+\tRuntime Version ARN: arn:aws:lambda:/),
      `START RequestId: ${cold?.requestId} Version: $LATEST\n`,
      expect.stringContaining('a 1 { b: 2 }\n'),
      `END RequestId: ${cold?.requestId}\n`,
      `REPORT RequestId: ${cold?.requestId}\tDuration: ${cold?.durationMs.toFixed(2)} ms\tBilled Duration: ${cold?.billedMs} ms\tMemory Size: 512 MB\tMax Memory Used: 76 MB\tInit Duration: ${cold?.initMs.toFixed(2)} ms\t\n`,
      `START RequestId: ${warm?.requestId} Version: $LATEST\n`,
      expect.any(String),
      `END RequestId: ${warm?.requestId}\n`,
      `REPORT RequestId: ${warm?.requestId}\tDuration: ${warm?.durationMs.toFixed(2)} ms\tBilled Duration: ${warm?.billedMs} ms\tMemory Size: 512 MB\tMax Memory Used: 76 MB\t\n`,
    ]);
    expect([time, requestId, level, text]).toEqual([
      new Date(Math.floor(cold?.startMs ?? 0)).toISOString(),
      cold?.requestId,
      'INFO',
      'a 1 { b: 2 }\n',
    ]);
  });

  test('a timeout is told of, and the report says so', async () => {
    const { invoke, readLines } = deploy('exports.handler = () => new Promise((done) => setTimeout(done, 9000));', {
      timeoutSeconds: 3,
    });

    await invoke();

    const lines = await readLines();
    expect(lines[2]).toMatch(/^2026\S+Z \S+ Task timed out after 3\.00 seconds\n\n$/);
    expect(lines.at(-1)).toContain('\tStatus: timeout\t');
  });

  test('an error is told of by the runtime', async () => {
    const { invoke, readLines } = deploy('exports.handler = async () => { throw new TypeError("no"); };');

    await invoke();

    expect((await readLines())[2]).toMatch(
      /\tERROR\tInvoke Error \t\{"errorType":"TypeError","errorMessage":"no","stack":\[/,
    );
  });

  test('an initialisation that fails is told of', async () => {
    const { invoke, readLines } = deploy('throw new TypeError("broken");');

    await invoke();

    const lines = await readLines();
    expect(lines[1]).toMatch(
      /^INIT_REPORT Init Duration: \d+\.\d\d ms\tPhase: init\tStatus: error\tError Type: TypeError$/,
    );
    expect(lines.at(-1)).not.toContain('Init Duration');
  });

  test('every level is logged', async () => {
    const { invoke, readLines } = deploy(PRINT_ALL);

    await invoke();

    const levels = (await readLines())
      .map((line) => line.split('\t')[2])
      .filter((level) => /^[A-Z]+$/.test(level ?? ''));
    expect(levels).toEqual(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR']);
  });
});

describe('in JSON', () => {
  test('an invocation has platform lines, and what it printed', async () => {
    const { invoke, readJson, invocations } = deploy('exports.handler = async () => console.log({ a: 1 });', {
      logging: json({ systemLevel: 'DEBUG' }),
    });

    await invoke();

    const [record] = invocations;
    const requestId = expect.stringMatching(UUID);
    const durationMs = Number(record?.durationMs.toFixed(3));
    expect(await readJson()).toEqual([
      {
        time: expect.stringMatching(/^2026-01-01T/),
        type: 'platform.initStart',
        record: {
          initializationType: 'on-demand',
          phase: 'init',
          runtimeVersion: expect.any(String),
          runtimeVersionArn: expect.any(String),
        },
      },
      { time: expect.any(String), type: 'platform.start', record: { requestId, version: '$LATEST' } },
      { timestamp: expect.any(String), level: 'INFO', requestId, message: { a: 1 } },
      {
        time: expect.any(String),
        type: 'platform.runtimeDone',
        record: { requestId, status: 'success', metrics: { durationMs } },
      },
      {
        time: expect.any(String),
        type: 'platform.report',
        record: {
          requestId,
          metrics: {
            durationMs,
            billedDurationMs: record?.billedMs,
            memorySizeMB: 512,
            maxMemoryUsedMB: 76,
            initDurationMs: Number(record?.initMs.toFixed(3)),
          },
          status: 'success',
        },
      },
    ]);
  });

  test('several values become one text, an error among them its parts', async () => {
    const { invoke, readJson } = deploy(
      'exports.handler = async () => { console.error("not %s", "this", new RangeError("far")); console.warn(1n); };',
      { logging: json({ systemLevel: 'WARN' }) },
    );

    await invoke();

    expect(await readJson()).toMatchObject([
      { level: 'ERROR', message: expect.stringMatching(/^not this RangeError: far/), errorType: 'RangeError' },
      { level: 'WARN', message: '1n' },
    ]);
  });

  test.each([
    ['TRACE', ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR']],
    ['INFO', ['INFO', 'WARN', 'ERROR']],
    ['FATAL', []],
  ])('ApplicationLogLevel %s lets through %j', async (applicationLevel, levels) => {
    const { invoke, readJson } = deploy(PRINT_ALL, { logging: json({ applicationLevel }) });

    await invoke();

    expect((await readJson()).flatMap(({ level }) => level ?? [])).toEqual(levels);
  });

  test.each([
    ['DEBUG', ['platform.initStart', 'platform.start', 'platform.runtimeDone', 'platform.report']],
    ['INFO', ['platform.initStart', 'platform.start', 'platform.report']],
    ['WARN', []],
  ])('SystemLogLevel %s lets through %j', async (systemLevel, types) => {
    const { invoke, readJson } = deploy('exports.handler = async () => 1;', { logging: json({ systemLevel }) });

    await invoke();

    expect((await readJson()).map(({ type }) => type)).toEqual(types);
  });

  test('SystemLogLevel WARN lets through an initialisation that fails', async () => {
    const { invoke, readJson } = deploy('throw new TypeError("broken");', { logging: json({ systemLevel: 'WARN' }) });

    await invoke();

    expect((await readJson())[0]).toEqual({
      time: expect.any(String),
      type: 'platform.initReport',
      record: {
        initializationType: 'on-demand',
        phase: 'init',
        status: 'error',
        errorType: 'TypeError',
        metrics: { durationMs: expect.any(Number) },
      },
    });
  });

  test('SystemLogLevel WARN lets through the end of an invocation that failed', async () => {
    const { invoke, readJson } = deploy('exports.handler = async () => { throw new TypeError("no"); };', {
      logging: json({ systemLevel: 'WARN' }),
    });

    await invoke();

    expect(await readJson()).toMatchObject([
      { level: 'ERROR', message: { errorType: 'TypeError', errorMessage: 'no', stackTrace: expect.any(Array) } },
      { type: 'platform.runtimeDone', record: { status: 'error', errorType: 'TypeError' } },
      { type: 'platform.report', record: { status: 'error', errorType: 'TypeError' } },
    ]);
  });
});

describe('log streams', () => {
  const SUCCEED =
    'exports.handler = async (event, { logGroupName, logStreamName }) => ({ logGroupName, logStreamName });';
  const listStreams = async (account: ReturnType<typeof deploy>, logGroupName = GROUP) => {
    const { logStreams } = await account.call('logs', 'DescribeLogStreams', { logGroupName });
    return (logStreams as { logStreamName: string }[]).map(({ logStreamName }) => logStreamName);
  };

  test('are there for each execution environment, by their day', async () => {
    const account = deploy(SUCCEED);

    const { Payload } = await account.call('lambda', 'Invoke', { FunctionName: 'tested' });
    await account.invoke();

    const [name, ...others] = await listStreams(account);
    expect(name).toMatch(/^2026\/01\/01\/\[\$LATEST\][0-9a-f]{32}$/);
    expect(others).toEqual([]);
    expect(JSON.parse(String(Payload))).toEqual({ logGroupName: GROUP, logStreamName: name });
  });

  test('name the function in a group that others may share', async () => {
    const account = deploy(SUCCEED, { logging: { format: 'Text', logGroup: 'shared' } });

    await account.invoke();

    expect(await listStreams(account, 'shared')).toEqual([
      expect.stringMatching(/^2026\/01\/01\/tested\[\$LATEST\][0-9a-f]{32}$/),
    ]);
  });

  test('need the permissions of the role, which are asked for once', async () => {
    const account = deploy(SUCCEED);

    await account.invoke();

    const [stream] = await listStreams(account);
    const group = `arn:aws:logs:us-east-1:000000000000:log-group:${GROUP}`;
    expect([...account.needs]).toEqual([
      `logs:CreateLogGroup ${group}:log-stream:`,
      `logs:CreateLogStream ${group}:log-stream:`,
      `logs:PutLogEvents ${group}:log-stream:${stream}`,
    ]);
  });

  test.each(['logs:CreateLogStream', 'logs:PutLogEvents'])('are not there without %s', async (action) => {
    const account = deploy(SUCCEED, { denied: [action] });

    await account.invoke();

    expect(await listStreams(account)).toEqual([]);
    expect(account.invocations).toMatchObject([{ outcome: 'succeeded' }]);
  });

  test('without logs:CreateLogGroup are there only where the group is', async () => {
    const account = deploy(SUCCEED, { denied: ['logs:CreateLogGroup'] });

    await account.invoke();

    await expect(account.readLines()).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });
});

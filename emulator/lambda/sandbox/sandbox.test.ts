// The sandbox as a handler meets it.

import { describe, expect, test } from 'vitest';
import { createTestLambda, START_MS, type TestLambdaOptions } from '../create-lambda.fixture.ts';

function deploy(code: string, options: TestLambdaOptions = {}) {
  const tested = createTestLambda(options);
  tested.createFunction(code);
  return tested;
}

const evaluate = (expression: string, options?: TestLambdaOptions) =>
  deploy(`exports.handler = async () => ${expression};`, options).answer();

describe('time in the sandbox', () => {
  test.each(['Date.now()', 'new Date().getTime()', 'globalThis.Date.now()', 'performance.timeOrigin'])(
    'is virtual for %s',
    async (expression) => {
      const value = await evaluate(expression);

      expect(value).toBeGreaterThanOrEqual(START_MS);
      expect(value).toBeLessThan(START_MS + 1000);
    },
  );

  test.each([
    'new Promise((resolve) => setTimeout(resolve, 700))',
    'new Promise((resolve) => globalThis.setTimeout(resolve, 700))',
    "require('node:timers/promises').setTimeout(700)",
    "require('util').promisify(setTimeout)(700)",
    "new Promise((resolve) => AbortSignal.timeout(700).addEventListener('abort', resolve))",
    'new Promise((resolve) => { let n = 0; const i = setInterval(() => ++n === 7 && resolve(clearInterval(i)), 100); })',
  ])('passes by itself for %s', async (expression) => {
    const took = await evaluate(
      `(async () => { const start = Date.now(); await ${expression}; return Date.now() - start; })()`,
    );

    expect(took).toBe(700);
  });

  test('gets on for code that polls by setImmediate', async () => {
    const turns = await evaluate(
      '(async () => { let isDone = false; setTimeout(() => { isDone = true; }, 5); let turns = 0; while (!isDone) { await new Promise(setImmediate); turns++; } return turns; })()',
    );

    expect(turns).toBeGreaterThan(1);
  });
});

describe('randomness in the sandbox', () => {
  test.each([
    'Math.random()',
    'crypto.randomUUID()',
    'globalThis.crypto.randomUUID()',
    "require('node:crypto').randomUUID()",
    "require('crypto').randomBytes(4).toString('hex')",
    "new Promise((resolve) => require('crypto').randomBytes(4, (error, bytes) => resolve(bytes.toString('hex'))))",
    "require('crypto').randomInt(1e9)",
    "require('crypto').webcrypto.getRandomValues(new Uint32Array(2)).join()",
  ])('comes from the seed for %s', async (expression) => {
    const [one, again, other] = [
      await evaluate(expression, { seed: 1 }),
      await evaluate(expression, { seed: 1 }),
      await evaluate(expression, { seed: 2 }),
    ];

    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  test('is refused where it could not be seeded', async () => {
    const { errorMessage } = await evaluate("require('crypto').generateKeyPairSync('ed25519')");

    expect(errorMessage).toBe('function tested: crypto.generateKeyPairSync is not modelled by the emulator');
  });
});

describe('modules in the sandbox', () => {
  test.each([
    ["new (require('net').Socket)()", 'net.Socket'],
    ["require('child_process').exec('ls')", 'child_process.exec'],
    ["require('http2').connect('https://x')", 'http2.connect'],
    ["require('tls').connect(443)", 'tls.connect'],
    ["require('dns').lookup('x')", 'dns.lookup'],
    ["require('tty').isatty(1)", 'tty.isatty'],
    ["require('fs').writeFileSync('/tmp/x', '')", 'fs.writeFileSync'],
    ["require('zlib').createGzip()", 'zlib.createGzip'],
    ["new WebSocket('wss://x')", 'WebSocket'],
    ["require('sharp')", "require('sharp')"],
  ])('refuse %s by name', async (expression, name) => {
    const { errorType, errorMessage } = await evaluate(expression);

    expect(errorType).toBe('UnsupportedFeatureError');
    expect(errorMessage).toBe(`function tested: ${name} is not modelled by the emulator`);
  });

  test.each(['net', 'tls', 'child_process', 'http2', 'dns', 'tty', 'worker_threads'])(
    'let a library load %s',
    async (name) => {
      expect(await evaluate(`typeof require('node:${name}')`)).toBe('object');
    },
  );

  test.each([
    "require('fs').promises.readFile('/etc/hosts')",
    "require('fs/promises').stat('/etc/hosts')",
    "new Promise((_, reject) => require('fs').readFile('/etc/hosts', 'utf8', reject))",
    "(async () => require('fs').readFileSync('/etc/hosts'))()",
  ])('show no file of the host to %s', async (expression) => {
    expect(await evaluate(`${expression}.catch((error) => error.code)`)).toBe('ENOENT');
  });

  test('compress without a thread, so that time cannot overtake it', async () => {
    const took = await evaluate(
      "(async () => { const { promisify } = require('util'); const zlib = require('zlib'); const start = Date.now(); setTimeout(() => {}, 5000); const packed = await promisify(zlib.gzip)('x'.repeat(5e6)); await promisify(zlib.gunzip)(packed); return Date.now() - start; })()",
    );

    expect(took).toBe(0);
  });

  test('hold the clock while the host works on a thread', async () => {
    const took = await evaluate(
      "(async () => { const start = Date.now(); setTimeout(() => {}, 1); await crypto.subtle.digest('SHA-256', new Uint8Array(2e7)); return Date.now() - start; })()",
    );

    expect(took).toBe(0);
  });

  test('have no way out to the internet', async () => {
    expect(await evaluate("fetch('https://example.com').catch((error) => error.message)")).toContain('no way out');
  });
});

describe('an environment', () => {
  test('has its function, its region, its seed and its credentials in its variables', async () => {
    const tested = createTestLambda({ seed: 7 });
    tested.createFunction('exports.handler = async () => process.env;', { environment: { OWN: 'value' } });

    expect(await tested.answer()).toMatchObject({
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'tested',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      AWS_EXECUTION_ENV: 'Emulated_AWS_Lambda_nodejs24.x/seed=7',
      AWS_ACCESS_KEY_ID: 'ASIATEST',
      OWN: 'value',
    });
  });

  test('keeps its top level between invocations', async () => {
    const { answer } = deploy('let count = 0; exports.handler = async () => ++count;');

    expect([await answer(), await answer()]).toEqual([1, 2]);
  });

  test('shares no globals with another one', async () => {
    const tested = deploy(
      'exports.handler = async () => { globalThis.count = (globalThis.count ?? 0) + 1; await new Promise((r) => setTimeout(r, 100)); return globalThis.count; };',
    );

    const answers = await tested.world.clock.runUntilSettled(Promise.all([tested.start(), tested.start()]));

    expect(answers.map(({ Payload }) => String(Payload))).toEqual(['1', '1']);
    expect(globalThis).not.toHaveProperty('count');
  });

  test('leaves a timer that falls due while it is frozen to its next invocation', async () => {
    const { answer, pass, lambda } = deploy(
      'exports.handler = async () => { setTimeout(() => console.log("late"), 1000); };',
    );
    await answer();

    await pass(60_000);
    const frozen = lambda.logsOf('tested').length;
    await answer();

    expect(frozen).toBe(0);
    expect(lambda.logsOf('tested')).toEqual(['late']);
  });

  test('leaves a response that comes while it is frozen to its next invocation', async () => {
    const { answer, pass, lambda } = deploy(
      'exports.handler = async () => { require("https").request({}, () => console.log("late")); };',
      { createHttpModule: createSlowHttp },
    );
    await answer();

    await pass(60_000);
    const frozen = lambda.logsOf('tested').length;
    await answer();

    expect(frozen).toBe(0);
    expect(lambda.logsOf('tested')).toEqual(['late']);
  });

  test('that ran out of time goes no further, and is replaced', async () => {
    let requests = 0;
    const tested = createTestLambda({
      createHttpModule: (clock, hooks) => {
        const { request } = createSlowHttp(clock, hooks);
        return { request: (...parameters: Parameters<typeof request>) => ++requests && request(...parameters) };
      },
    });
    tested.createFunction(
      "exports.handler = async () => { for (;;) await new Promise((resolve) => require('http').request({}, resolve)); };",
      { timeoutSeconds: 3 },
    );

    await tested.answer();
    await tested.pass(60_000);
    const requestsOfOne = requests;
    await tested.answer();

    expect(requestsOfOne).toBe(2);
    expect(tested.invocations.map(({ coldStart, outcome }) => [coldStart, outcome])).toEqual([
      [true, 'timed-out'],
      [true, 'timed-out'],
    ]);
  });

  test.each([
    ['throws in a timer', 'setTimeout(() => { throw new RangeError("lost"); }, 5)', 'RangeError', 'lost'],
    ['throws on the next tick', 'process.nextTick(() => { throw new RangeError("lost"); })', 'RangeError', 'lost'],
    ['exits', 'process.exit(3)', 'Runtime.ExitError', 'Runtime exited with error: exit status 3'],
  ])('whose code %s fails its invocation and is replaced', async (_what, statement, errorType, errorMessage) => {
    const { answer, invocations } = deploy(
      `exports.handler = async () => { ${statement}; await new Promise((resolve) => setTimeout(resolve, 1000)); };`,
    );

    const payload = await answer();
    await answer();

    expect(payload).toMatchObject({ errorType, errorMessage });
    expect(invocations.map(({ coldStart }) => coldStart)).toEqual([true, true]);
  });
});

/** Answers after 2 s. */
function createSlowHttp(
  clock: { after(delayMs: number, run: () => void): unknown },
  hooks: { onRequestStart(): void; onRequestEnd(): void },
) {
  return {
    request(_options: object, onResponse: (response: object) => void) {
      hooks.onRequestStart();
      clock.after(2000, () => {
        hooks.onRequestEnd();
        onResponse({});
      });
    },
  };
}

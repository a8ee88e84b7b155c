import { expect, test, vi } from 'vitest';

test('beginInvocation calls an environment new once, and tells how long its start took', async () => {
  vi.resetModules();
  const { beginInvocation } = await import('./begin-invocation.ts');
  const beforeMs = Date.now();

  const first = beginInvocation({ awsRequestId: 'one' });
  const second = beginInvocation({ awsRequestId: 'two' });

  expect(first).toMatchObject({ requestId: 'one', coldStart: true });
  expect(first.initMs).toBeGreaterThan(0);
  expect(first.receivedAt).toBeGreaterThanOrEqual(beforeMs);
  expect(second).toMatchObject({ requestId: 'two', coldStart: false, initMs: 0 });
});

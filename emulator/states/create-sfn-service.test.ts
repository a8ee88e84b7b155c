import { expect, test } from 'vitest';
import { createTestWorld } from './create-test-world.ts';

const WAIT = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 100, End: true } } };
test('a state machine’s name is taken once', () => {
  const { create } = createTestWorld();
  create(WAIT);

  expect(() => create(WAIT)).toThrow(expect.objectContaining({ code: 'StateMachineAlreadyExists' }));
});

test('the same seed gives the same history, to the millisecond', async () => {
  const first = await createTestWorld().run(WAIT, { a: 1 });
  const second = await createTestWorld().run(WAIT, { a: 1 });

  expect(second).toEqual(first);
});

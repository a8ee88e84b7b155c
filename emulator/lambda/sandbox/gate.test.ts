import { describe, expect, test } from 'vitest';
import { Gate } from './gate.ts';

function createGate() {
  const ran: string[] = [];
  const uncaught: unknown[] = [];
  const gate = new Gate((error) => uncaught.push(error));
  return { gate, ran, uncaught, ask: (name: string) => gate.run(() => ran.push(name)) };
}

describe('a gate', () => {
  test('lets through at once', () => {
    const { ask, ran } = createGate();

    ask('a');

    expect(ran).toEqual(['a']);
  });

  test('holds what comes while it is frozen, and keeps its order', () => {
    const { gate, ask, ran } = createGate();
    gate.freeze();
    ask('a');
    ask('b');
    const held = [...ran];

    gate.thaw();
    ask('c');

    expect(held).toEqual([]);
    expect(ran).toEqual(['a', 'b', 'c']);
  });

  test.each([
    ['comes later', false],
    ['waits already', true],
  ])('lets nothing through once it is destroyed, be it what %s', (_what, isWaiting) => {
    const { gate, ask, ran } = createGate();
    if (isWaiting) {
      gate.freeze();
      ask('a');
    }

    gate.destroy();
    gate.thaw();
    ask('b');

    expect(ran).toEqual([]);
    expect(gate.isDestroyed).toBe(true);
  });

  test('tells what a task throws, and goes on with the next', () => {
    const { gate, ask, ran, uncaught } = createGate();
    gate.freeze();
    gate.run(() => {
      throw new RangeError('lost');
    });
    ask('a');

    gate.thaw();

    expect(uncaught).toEqual([new RangeError('lost')]);
    expect(ran).toEqual(['a']);
  });
});

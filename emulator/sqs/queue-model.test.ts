// The queue against a slow one that is plain to see through: whatever is done to both, they answer alike.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBareQueue } from './create-bare-queue.fixture.ts';

interface ModelMessage {
  readonly messageId: string;
  readonly groupId: string;
  readonly expiresMs: number;
  visibleMs: number;
  isInFlight: boolean;
  receiptHandle: string;
  /** Place in the order of becoming visible, of a standard queue. */
  turn: number;
}

const RETENTION_MS = 345_600_000;
const VISIBILITY_MS = 30_000;

/** Looks at every message each time. */
class ModelQueue {
  messages: ModelMessage[] = [];
  readonly #isFifo: boolean;
  #turns = 0;

  constructor(isFifo: boolean) {
    this.#isFifo = isFifo;
  }

  send(messageId: string, groupId: string, nowMs: number): void {
    const expiresMs = nowMs + RETENTION_MS;
    const turn = this.#turns++;
    this.messages.push({ messageId, groupId, expiresMs, visibleMs: nowMs, isInFlight: false, receiptHandle: '', turn });
  }

  /** Brings all up to date with the time. */
  settle(nowMs: number): void {
    this.messages = this.messages.filter(({ expiresMs }) => expiresMs > nowMs);
    const due = this.messages.filter(({ isInFlight, visibleMs }) => isInFlight && visibleMs <= nowMs);
    for (const message of due.sort((a, b) => a.visibleMs - b.visibleMs)) this.show(message);
  }

  show(message: ModelMessage): void {
    message.isInFlight = false;
    message.turn = this.#turns++;
  }

  /** Those that a receive of a standard queue brings; of a FIFO queue, in whichever order its groups take their turns. */
  listReceivable(): readonly ModelMessage[] {
    const busy = new Set(this.messages.filter(({ isInFlight }) => isInFlight).map(({ groupId }) => groupId));
    const visible = this.messages.filter(({ isInFlight }) => !isInFlight);
    if (this.#isFifo) return visible.filter(({ groupId }) => !busy.has(groupId));
    return visible.sort((a, b) => a.turn - b.turn);
  }
}

const step = fc.oneof(
  fc.record({ kind: fc.constant('send'), group: fc.nat(3) }),
  fc.record({ kind: fc.constant('receive'), count: fc.integer({ min: 1, max: 10 }) }),
  fc.record({ kind: fc.constantFrom('delete', 'show'), index: fc.nat(20) }),
  fc.record({ kind: fc.constant('pass'), ms: fc.constantFrom(1000, 10_000, 31_000, 100_000_000) }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

test.each([
  ['standard', false],
  ['FIFO', true],
])('a %s queue answers as a slow one does that looks at every message', async (_kind, isFifo) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 80, size: 'max' }), async (steps: readonly Step[]) => {
      const { clock, queue, send, receive } = createBareQueue({ isFifo });
      const model = new ModelQueue(isFifo);
      for (const action of steps) {
        if ('group' in action) {
          const groupId = String(action.group);
          model.send(send(isFifo ? groupId : undefined).messageId, groupId, clock.now());
        } else if ('ms' in action) {
          await clock.runUntil(clock.now() + action.ms);
          model.settle(clock.now());
        } else if ('count' in action) {
          const receivable = model.listReceivable();
          const received = await receive(action.count);
          expect(received).toHaveLength(Math.min(action.count, receivable.length));
          const groupIds = [...new Set(received.map(({ message }) => message.content.groupId ?? ''))];
          const inTurn = isFifo
            ? groupIds.flatMap((groupId) => receivable.filter((message) => message.groupId === groupId))
            : receivable;
          const expected = inTurn.slice(0, received.length);
          expect(received.map(({ message }) => message.messageId)).toEqual(expected.map(({ messageId }) => messageId));
          for (const [index, message] of expected.entries()) {
            message.isInFlight = true;
            message.visibleMs = clock.now() + VISIBILITY_MS;
            message.receiptHandle = received[index]?.receiptHandle ?? '';
          }
        } else {
          const inFlight = model.messages.filter(({ isInFlight }) => isInFlight);
          const message = inFlight[action.index % inFlight.length];
          if (!message) continue;
          if (action.kind === 'delete') {
            queue.delete(message.receiptHandle);
            model.messages = model.messages.filter((other) => other !== message);
          } else {
            queue.changeVisibility(message.receiptHandle, 0);
            model.show(message);
          }
        }
        const inFlightCount = model.messages.filter(({ isInFlight }) => isInFlight).length;
        expect([queue.visibleCount, queue.inFlightCount]).toEqual([
          model.messages.length - inFlightCount,
          inFlightCount,
        ]);
      }
    }),
    { numRuns: 150 },
  );
});

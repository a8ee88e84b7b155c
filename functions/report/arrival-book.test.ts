import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ArrivedMessage } from '../../model/message.ts';
import type { Plan, TrialResult } from '../../model/trial.ts';
import { createReportFacts } from '../../reports/report-facts.fixture.ts';
import { ArrivalBook } from './arrival-book.ts';

const { plan, trials } = createReportFacts();
const TRIAL = 'sqs-b10-r1';
const UNFINISHED = 'kinesis-b1-r1';
const results: readonly TrialResult[] = trials
  .map(({ result }) => result)
  .filter(({ trial }) => trial.trialId !== UNFINISHED);
const START_MS = results.find(({ trial }) => trial.trialId === TRIAL)?.startMs ?? Number.NaN;

function createLine(change: Partial<ArrivedMessage> = {}): string {
  const line: ArrivedMessage = {
    time: new Date(START_MS).toISOString(),
    id: 1,
    service: 'sqs',
    'random fact': 'Honey keeps.',
    runId: plan.runId,
    trialId: TRIAL,
    sequence: 0,
    scheduledAt: new Date(START_MS).toISOString(),
    receivedAt: START_MS + 20,
    requestId: 'request-1',
    coldStart: false,
    initMs: 0,
    invocationMessages: 1,
    ...change,
  };
  return JSON.stringify(line);
}

function createBook(lines: readonly string[], storedPlan: Plan = plan): ArrivalBook {
  const book = new ArrivalBook(storedPlan, results);
  const object = book.openObject(START_MS);
  for (const line of lines) object.addLine(line);
  return book;
}

describe('ArrivalBook', () => {
  test('counts messages, lines and invocations of the trial that a line names', () => {
    const book = createBook([
      createLine({ sequence: 0 }),
      createLine({ sequence: 1 }),
      createLine({ sequence: 1, requestId: 'request-2' }),
    ]);

    expect(book.arrivalsOf(TRIAL)).toMatchObject({
      arrived: 2,
      lines: 3,
      requestIds: 2,
      invocationSizes: [
        { messages: 1, invocations: 1 },
        { messages: 2, invocations: 1 },
      ],
    });
    expect(book.arrivalsOf('sqs-b1-r1')).toMatchObject({ arrived: 0, lines: 0, requestIds: 0 });
  });

  test('times a message by its first arrival, in whatever order its lines are read', () => {
    const lines = [120, 20, 70].map((delayMs, index) =>
      createLine({ receivedAt: START_MS + delayMs, requestId: `request-${index}` }),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: 3 }), (shuffled) => {
        const { delivery, arrival } = createBook(shuffled).arrivalsOf(TRIAL);

        expect(delivery).toEqual([[20, 1]]);
        expect(arrival).toEqual([[510, 1]]);
      }),
    );
  });

  test('keeps latencies below zero', () => {
    const book = createBook([createLine({ receivedAt: START_MS - 5 })]);

    expect(book.arrivalsOf(TRIAL).delivery).toEqual([[-5, 1]]);
  });

  test('adds up the initialisation of cold starts once an invocation', () => {
    const cold = { coldStart: true, initMs: 300 };
    const book = createBook([
      createLine({ sequence: 0, ...cold }),
      createLine({ sequence: 1, ...cold }),
      createLine({ sequence: 2, requestId: 'request-2' }),
    ]);

    expect(book.arrivalsOf(TRIAL)).toMatchObject({ coldStarts: { invocations: 1, initMs: 300 } });
  });

  test('tells invocations within the trial’s minutes from those after', () => {
    const windowEndMs = START_MS + 120_000;
    const book = createBook([
      createLine({ requestId: 'within', receivedAt: windowEndMs - 1 }),
      createLine({ requestId: 'after', receivedAt: windowEndMs }),
    ]);

    expect(book.arrivalsOf(TRIAL)).toMatchObject({ requestIds: 2, requestIdsInWindow: 1 });
  });

  test('gives an object to the trial of its first line only', () => {
    const book = createBook([createLine({ trialId: 'sqs-b1-r1' }), createLine()]);

    expect(book.arrivalsOf('sqs-b1-r1')).toMatchObject({ objects: 1, lines: 1 });
    expect(book.arrivalsOf(TRIAL)).toMatchObject({ objects: 0, lines: 1 });
    expect(book.objects).toBe(1);
  });

  test.each([
    ['warm-up', createLine({ trialId: `${TRIAL}.warm-up` }), { warmUp: 1 }],
    ['a trial that did not end', createLine({ trialId: UNFINISHED }), { unfinished: 1 }],
    ['a trial that is not in the plan', createLine({ trialId: 'sqs-b7-r1' }), { unknown: 1 }],
    ['warm-up of a trial that is not in the plan', createLine({ trialId: 'sqs-b7-r1.warm-up' }), { unknown: 1 }],
    ['another run', createLine({ runId: 'another' }), { unknown: 1 }],
    ['warm-up of another run', createLine({ runId: 'another', trialId: `${TRIAL}.warm-up` }), { unknown: 1 }],
    ['a sequence past the last', createLine({ sequence: 300 }), { unknown: 1 }],
    ['a sequence below zero', createLine({ sequence: -1 }), { unknown: 1 }],
    ['a sequence that is no whole number', createLine({ sequence: 0.5 }), { unknown: 1 }],
    ['text that is no JSON', '{"runId":', { unreadable: 1 }],
    ['JSON that is no object', '[1]', { unreadable: 1 }],
    ['a message without its receipt', createLine().replace('receivedAt', 'seenAt'), { unreadable: 1 }],
    ['a message with an impossible schedule', createLine({ scheduledAt: 'soon' }), { unreadable: 1 }],
  ])('counts a line of %s apart', (_what, line, strays) => {
    const book = createBook([line]);

    expect(book.strays).toEqual({ warmUp: 0, unfinished: 0, unknown: 0, unreadable: 0, ...strays });
    expect(book.arrivalsOf(TRIAL).lines).toBe(0);
  });
});

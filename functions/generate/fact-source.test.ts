import { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { type Answer, answerError, answerRequests } from '../answered-clients.fixture.ts';
import { createFactSource } from './fact-source.ts';
import { FACTS } from './facts.ts';

const KEY: Answer = { body: { Parameter: { Value: 'secret' } } };

function createSource(parameter: Answer, fetchAnswer: () => Response) {
  const { requests, config } = answerRequests(() => parameter);
  const fetches: { url: string; apiKey: unknown }[] = [];
  const source = createFactSource({
    ssm: new SSMClient(config),
    parameterName: '/key',
    fetch: async (url, options) => {
      fetches.push({ url: String(url), apiKey: new Headers(options?.headers).get('X-Api-Key') });
      return fetchAnswer();
    },
  });
  return { requests, fetches, source };
}

describe('createFactSource', () => {
  test('takes the shipped pool when no key is stored, and asks nobody else', async () => {
    const { requests, fetches, source } = createSource(answerError('ParameterNotFound'), () => expect.fail());

    expect(await source.load()).toEqual({ source: 'shipped', facts: FACTS });
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ Name: '/key', WithDecryption: true });
    expect(fetches).toEqual([]);
  });

  test('fetches a pool with the stored key, once in the life of its execution environment', async () => {
    let facts = 0;
    const { requests, fetches, source } = createSource(KEY, () => Response.json([{ fact: `fact ${facts++ % 4}` }]));

    const pool = await source.load();
    const again = await source.load();

    expect(pool).toEqual({ source: 'api-ninjas', facts: ['fact 0', 'fact 1', 'fact 2', 'fact 3'] });
    expect(again).toBe(pool);
    expect(requests).toHaveLength(1);
    expect(new Set(fetches.map(({ url, apiKey }) => `${url} ${apiKey}`))).toEqual(
      new Set(['https://api.api-ninjas.com/v1/facts secret']),
    );
  });

  test('cuts a fact to the length that plans count on', async () => {
    const { source } = createSource(KEY, () => Response.json([{ fact: 'x'.repeat(500) }]));

    expect((await source.load()).facts).toEqual(['x'.repeat(200)]);
  });

  test.each<[string, () => Response]>([
    ['refuses', () => Response.json({ error: 'quota' }, { status: 400 })],
    ['answers something else', () => Response.json({ fact: 'not in a list' })],
    ['answers facts without text', () => Response.json([{ fact: 5 }, { fact: '' }, null])],
    ['answers no JSON', () => new Response('<html>')],
    [
      'cannot be reached',
      () => {
        throw new TypeError('fetch failed');
      },
    ],
  ])('takes the shipped pool when the API %s', async (_how, fetchAnswer) => {
    const { source } = createSource(KEY, fetchAnswer);

    expect((await source.load()).source).toBe('shipped');
  });

  test.each([
    ['access is denied', answerError('AccessDeniedException')],
    ['the service fails', answerError('InternalServerError', 500)],
    ['the parameter is empty', { body: { Parameter: {} } }],
  ])('takes the shipped pool when %s', async (_why, parameter) => {
    const { source } = createSource(parameter, () => expect.fail());

    expect((await source.load()).source).toBe('shipped');
  });
});

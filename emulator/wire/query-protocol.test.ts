import { describe, expect, test } from 'vitest';
import { AwsError } from '../kernel/errors.ts';
import { parseEndpoint } from './endpoint.ts';
import { createQueryProtocol } from './query-protocol.ts';

const protocol = createQueryProtocol({ service: 'sts', version: '2011-06-15', namespace: 'https://example.com/' });
const ENDPOINT = parseEndpoint('sts.us-east-1.amazonaws.com');
const requestOf = (body: string, query: Readonly<Record<string, string>> = {}) => ({
  method: 'POST',
  host: 'sts.us-east-1.amazonaws.com',
  path: '/',
  query,
  headers: {},
  body: Buffer.from(body),
});
const answerOf = (output: unknown) =>
  protocol.renderAnswer('DoIt', { requestId: 'r-1', output }).body.toString().split('\n')[1];

describe('the Query protocol', () => {
  test.each([
    ['the body', requestOf('Action=DoIt&Version=2011-06-15&A=1')],
    ['the URL', requestOf('', { Action: 'DoIt', Version: '2011-06-15', A: '1' })],
  ])('finds operation and input in %s', (_claim, request) => {
    expect(protocol.parseRequest(request, ENDPOINT)).toEqual({ operation: 'DoIt', input: { A: '1' } });
  });

  test.each(['', 'Action=DoIt', 'Version=2011-06-15', 'Action=DoIt&Version=1', 'Action.member.1=a&Version=2011-06-15'])(
    'refuses %j',
    (body) => {
      expect(() => protocol.parseRequest(requestOf(body), ENDPOINT)).toThrow('Could not find operation');
    },
  );

  test.each([
    [{ A: 'x < y' }, '<A>x &lt; y</A>'],
    [{ A: ['b', 'c'] }, '<A><member>b</member><member>c</member></A>'],
    [{ A: [{ B: 1 }] }, '<A><member><B>1</B></member></A>'],
    [{ A: undefined, B: false }, '<B>false</B>'],
    [{ A: 'line\n  two' }, '<A>line\n'],
  ])('renders %j', (output, expected) => {
    expect(answerOf(output)).toContain(expected.split('\n')[0]);
  });

  test('renders nothing as an empty result', () => {
    expect(answerOf(undefined)).toBe(
      '<DoItResponse xmlns="https://example.com/"><DoItResult/><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></DoItResponse>',
    );
  });

  test.each([
    [new AwsError('AccessDeniedException', 'no'), 403, 'Sender', 'AccessDenied'],
    [new AwsError('ValidationException', 'no'), 400, 'Sender', 'ValidationError'],
    [new AwsError('ChangeSetNotFound', 'no', { status: 404 }), 404, 'Sender', 'ChangeSetNotFound'],
    [new AwsError('InternalFailure', 'no', { status: 500 }), 500, 'Receiver', 'InternalFailure'],
  ])('renders %s', (error, status, type, code) => {
    const answer = protocol.renderError(error, requestOf(''), 'r-1');

    expect(answer.status).toBe(status);
    expect(answer.body.toString()).toContain(
      `<Error><Type>${type}</Type><Code>${code}</Code><Message>no</Message></Error><RequestId>r-1</RequestId>`,
    );
  });
});

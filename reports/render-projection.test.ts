import { describe, expect, test } from 'vitest';
import { computeProjection } from './compute-projection.ts';
import { computeReport } from './compute-report.ts';
import { renderProjection } from './render-projection.ts';
import { createReportFacts } from './report-facts.fixture.ts';

const { settings } = computeReport(createReportFacts());
const text = renderProjection(computeProjection(settings, { region: 'us-east-1', loadSeconds: 60 }));

describe('renderProjection', () => {
  test('says of every quota from which rate on it is reached', () => {
    expect(text).toContain(
      '- Data Firehose at batch size 10: from 10,000 messages a second 2,000 put calls/s; from 100,000 messages a second 5,242,880 bytes/s, 3,500 S3 PUT requests/s to one prefix.',
    );
  });
});

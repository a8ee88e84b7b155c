import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { computeReport } from '../reports/compute-report.ts';
import { createReportFacts } from '../reports/report-facts.fixture.ts';
import { computeReportJsonSchema } from './report-json-schema.ts';

const committed = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'reports', 'report.schema.json'), 'utf8'));

describe('reports/report.schema.json', () => {
  test('is what reports are parsed with; after a change run node scripts/write-report-schema.ts', () => {
    expect(committed).toEqual(JSON.parse(JSON.stringify(computeReportJsonSchema())));
  });

  test('says what a field is in the words of its interface, inherited ones included', () => {
    const { SettingReport, PublishReport } = committed.$defs;

    expect(SettingReport.properties.lost.description).toBe('Sent, and not in S3.');
    expect(SettingReport.properties.cost).toEqual({ $ref: '#/$defs/SettingCost' });
    expect(PublishReport.properties.calls.description).toBe('Publish calls, retries included.');
    expect(committed.properties.input.properties.ticks.description).toBe('loop turns in a trial (1 to 1000)');
  });

  test('takes a report by itself, and none with a field amiss', () => {
    const schema = z.fromJSONSchema(committed);
    const report = JSON.parse(JSON.stringify(computeReport(createReportFacts())));

    expect(schema.safeParse(report).error?.issues).toBeUndefined();
    expect(schema.safeParse({ ...report, settings: [{ ...report.settings[0], lost: -1 }] }).success).toBe(false);
    expect(schema.safeParse({ ...report, remark: 'nice' }).success).toBe(false);
    expect(schema.safeParse({ ...report, schemaVersion: 1 }).success).toBe(false);
  });
});

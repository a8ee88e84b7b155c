import { describe, expect, test } from 'vitest';
import { computeReport } from './compute-report.ts';
import { InvalidReportError, NotAReportError, parseReport, ReportVersionError } from './parse-report.ts';
import { createReportFacts } from './report-facts.fixture.ts';
import { REPORT_SCHEMA_VERSION } from './report-json.ts';

const report = computeReport(createReportFacts());

function parse(value: unknown) {
  return () => parseReport(JSON.stringify(value), 'a.json');
}

describe('parseReport', () => {
  test('gives back the report that was written', () => {
    expect(parse(report)()).toEqual(JSON.parse(JSON.stringify(report)));
  });

  test.each([
    ['text that is not JSON', '# Report', /^a\.json is no report: it is not JSON \(/],
    ['an object without version', '{"runId":"r"}', /^a\.json is no report: it has not got schemaVersion and runId$/],
    ['a list', '[]', /is no report/],
    ['null', 'null', /is no report/],
    ['a version that is no number', '{"runId":"r","schemaVersion":"2"}', /is no report/],
  ])('says that %s is no report', (_case, text, message) => {
    const act = () => parseReport(text, 'a.json');

    expect(act).toThrow(NotAReportError);
    expect(act).toThrow(message);
  });

  test.each([
    [REPORT_SCHEMA_VERSION - 1, 'make the run again, or compare with the version that wrote it'],
    [REPORT_SCHEMA_VERSION + 1, 'update this showdown'],
  ])('refuses version %i, and says which is read and what to do', (schemaVersion, wayOut) => {
    const act = parse({ ...report, schemaVersion });

    expect(act).toThrow(ReportVersionError);
    expect(act).toThrow(
      `a.json (run emulated-seed-1) has schemaVersion ${schemaVersion}, and only ${REPORT_SCHEMA_VERSION} is read; ${wayOut}`,
    );
  });

  test('names every field that is wrong, with its path', () => {
    const [first, ...others] = report.settings;
    const { lost, ...withoutLost } = { ...first, arrival: { count: '300', quantilesMs: { 0.5: 'soon' } } };
    const act = parse({ ...report, verdict: 'fine', remark: 'nice', settings: [withoutLost, ...others] });

    expect(act).toThrow(InvalidReportError);
    expect(act).toThrow(
      [
        `a.json is not as reports of version ${REPORT_SCHEMA_VERSION} are:`,
        '  verdict: Invalid option: expected one of "good"|"failed"|"invalid"',
        '  settings[0].lost: expected number, received undefined',
        '  settings[0].arrival.count: expected number, received string',
        '  settings[0].arrival.quantilesMs["0.5"]: expected number, received string',
        '  remark is a field that reports have not got',
      ].join('\n'),
    );
  });

  test('tells what is wrong with every item of a list once', () => {
    const settings = report.settings.map(({ lost, ...setting }) => ({ ...setting, remark: 'nice' }));

    expect(parse({ ...report, settings })).toThrow(
      [
        '  settings[0].lost: expected number, received undefined (and 11 more like it)',
        '  settings[0].remark is a field that reports have not got (and 11 more like it)',
      ].join('\n'),
    );
  });
});

// What a person is told when a command cannot go on.

import { EXIT_BAD_INPUT, EXIT_FAILED } from './exit-codes.ts';

/** Errors that say the asker wanted something impossible, and that explain themselves. */
const REFUSED_RUN_ERRORS = new Set([
  'InvalidInputError',
  'PlanTooLargeError',
  'CostLimitError',
  'UnknownPriceError',
  'InputFileError',
]);

/** Such errors of commands that start nothing. */
const REFUSED_REPORT_ERRORS = new Set([
  'InvalidRuleError',
  'ReportFileError',
  'NotAReportError',
  'ReportVersionError',
  'InvalidReportError',
]);

/** Errors whose message is enough; a stack trace would only frighten. */
const EXPECTED_ERRORS = new Set([
  'StackNotFoundError',
  'UnsupportedFeatureError',
  'CredentialsProviderError',
  'PortInUseError',
  'RunInProgressError',
  'OfferDownloadError',
  'OfferFormatError',
  'RefusedPricesError',
]);

export function isBadInput(errorName: string): boolean {
  return REFUSED_RUN_ERRORS.has(errorName) || REFUSED_REPORT_ERRORS.has(errorName);
}

/** Writes the error, and gives the exit code that goes with it. */
export function explainError(error: unknown, stream: NodeJS.WritableStream): number {
  if (!(error instanceof Error)) throw error;
  const explained = isBadInput(error.name) || EXPECTED_ERRORS.has(error.name);
  stream.write(`${explained ? `${error.name}: ${error.message}` : (error.stack ?? error.message)}\n`);
  if (!isBadInput(error.name)) return EXIT_FAILED;
  if (REFUSED_RUN_ERRORS.has(error.name)) stream.write('Nothing was started.\n');
  return EXIT_BAD_INPUT;
}

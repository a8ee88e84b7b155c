import { z } from 'zod';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { Operation } from '../kernel/operation.ts';
import {
  defineCheckedOperation,
  dimensionsSchema,
  nameSchema,
  namespaceSchema,
  toDimensions,
  unitSchema,
} from './metric-schemas.ts';
import type { MetricStore } from './metric-store.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
const METRICS_MAX = 1000;
const VALUES_MAX = 150;
const VALUE_LIMIT = 2 ** 360;
const AGE_MS_MAX = 14 * 86_400_000;
const AHEAD_MS_MAX = 2 * 3_600_000;

const valueSchema = z.number().min(-VALUE_LIMIT).max(VALUE_LIMIT);

const datumSchema = z.strictObject({
  MetricName: nameSchema,
  Dimensions: dimensionsSchema,
  /** Epoch seconds. */
  Timestamp: z.number().optional(),
  Value: valueSchema.optional(),
  StatisticValues: z
    .strictObject({ SampleCount: z.number().positive(), Sum: valueSchema, Minimum: valueSchema, Maximum: valueSchema })
    .optional(),
  Values: z.array(valueSchema).max(VALUES_MAX).optional(),
  Counts: z.array(z.number().min(0)).max(VALUES_MAX).optional(),
  Unit: unitSchema.default('None'),
  StorageResolution: z.int().min(1).default(60),
});

type Datum = z.output<typeof datumSchema>;

export function putMetricData(store: MetricStore): Operation {
  return defineCheckedOperation({
    name: 'PutMetricData',
    input: z.strictObject({
      Namespace: namespaceSchema,
      MetricData: z.array(datumSchema).min(1).max(METRICS_MAX),
    }),
    needs: () => [{ action: 'cloudwatch:PutMetricData', resource: '*' }],
    handle({ Namespace, MetricData }) {
      if (Namespace.startsWith('AWS/')) {
        throw new AwsError(
          'InvalidParameterValueException',
          'The value AWS/ for parameter Namespace is invalid. Custom namespaces cannot begin with AWS/.',
        );
      }
      // All or nothing.
      for (const [index, datum] of MetricData.entries())
        assertDatum(store, Namespace, datum, `MetricData.member.${index + 1}`);
      for (const datum of MetricData) add(store, Namespace, datum);
      return {};
    },
  });
}

function add(store: MetricStore, namespace: string, datum: Datum): void {
  const identity = { namespace, metricName: datum.MetricName, dimensions: toDimensions(datum.Dimensions) };
  const statistics = store.open(identity, toTimeMs(store, datum), datum.Unit);
  const { Value, StatisticValues, Values, Counts } = datum;
  if (Value !== undefined) statistics.add(Value);
  if (StatisticValues) {
    const { SampleCount, Sum, Minimum, Maximum } = StatisticValues;
    statistics.addSet({ sampleCount: SampleCount, sum: Sum, minimum: Minimum, maximum: Maximum });
  }
  for (const [index, value] of (Values ?? []).entries()) statistics.add(value, Counts?.[index] ?? 1);
}

function toTimeMs(store: MetricStore, { Timestamp }: Datum): number {
  return Timestamp === undefined ? store.now() : Timestamp * 1000;
}

/** @throws {AwsError} `InvalidParameterCombinationException`, `InvalidParameterValueException`, …; {UnsupportedFeatureError}. */
function assertDatum(store: MetricStore, namespace: string, datum: Datum, path: string): void {
  const { MetricName, Value, StatisticValues, Values, Counts, Unit, StorageResolution } = datum;
  const given = [Value, StatisticValues, Values].filter((value) => value !== undefined).length;
  if (given > 1) {
    throw new AwsError(
      'InvalidParameterCombinationException',
      `The parameters ${path}.Value, ${path}.StatisticValues and ${path}.Values are mutually exclusive and you have specified more than one.`,
    );
  }
  if (given === 0) {
    throw new AwsError(
      'MissingRequiredParameterException',
      `The parameter ${path}.Value, ${path}.StatisticValues or ${path}.Values is required.`,
    );
  }
  if (Counts && Counts.length !== Values?.length) {
    throw new AwsError(
      'InvalidParameterCombinationException',
      `The parameters ${path}.Values and ${path}.Counts must have the same number of entries.`,
    );
  }
  const aheadMs = toTimeMs(store, datum) - store.now();
  if (aheadMs > AHEAD_MS_MAX || -aheadMs > AGE_MS_MAX) {
    throw new AwsError(
      'InvalidParameterValueException',
      `The parameter ${path}.Timestamp must specify a time within the past two weeks and no more than two hours in the future.`,
    );
  }
  const subject = `cloudwatch.PutMetricData ${namespace} ${MetricName}`;
  if (StorageResolution !== 60) throw new UnsupportedFeatureError(subject, `StorageResolution ${StorageResolution}`);
  const known = store.find({ namespace, metricName: MetricName, dimensions: toDimensions(datum.Dimensions) })?.unit;
  if (known !== undefined && known !== Unit) {
    throw new UnsupportedFeatureError(subject, `Unit ${Unit} besides ${known}`);
  }
}

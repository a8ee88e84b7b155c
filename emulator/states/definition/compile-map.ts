// Map states, inline and distributed.

import { UnsupportedFeatureError } from '../../kernel/errors.ts';
import { compileNext, compileRecovery } from './compile-recovery.ts';
import type { StateCompilation } from './compile-state.ts';
import type { Distribution, ItemFormat, ItemReader, MapState, ResultWriter } from './definition.ts';
import type { ItemReaderSource, ReaderConfigSource, ResultWriterSource } from './map-schemas.ts';
import type { StateSourceOf } from './state-schemas.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
const DISTRIBUTED_FIELDS = [
  'ToleratedFailurePercentage',
  'ToleratedFailureCount',
  'Label',
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
] as const;

const DELIMITERS = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' } as const;

export function compileMap(name: string, source: StateSourceOf<'Map'>, compilation: StateCompilation): MapState {
  const { compiler, path } = compilation;
  return {
    type: 'Map',
    name,
    processor: compilation.parseInner(source.ItemProcessor, `${path}/ItemProcessor`),
    items: compiler.compileOptional(source.Items, 'Items', path),
    itemSelector: compiler.compileOptional(source.ItemSelector, 'ItemSelector', path),
    maxConcurrency: compiler.compileOptional(source.MaxConcurrency, 'MaxConcurrency', path),
    distribution: compileDistribution(name, source, compilation),
    ...compiler.compileOutcome(source, path),
    ...compileRecovery(source, compilation),
    next: compileNext(source, compilation),
  };
}

function compileDistribution(
  name: string,
  source: StateSourceOf<'Map'>,
  compilation: StateCompilation,
): Distribution | null {
  const { compiler, diagnostics, path } = compilation;
  const { Mode: mode, ExecutionType: executionType } = source.ItemProcessor.ProcessorConfig;
  if (mode === 'INLINE') {
    for (const field of DISTRIBUTED_FIELDS) {
      if (source[field] !== undefined)
        throw new UnsupportedFeatureError(`state ${name}`, `field ${field} in INLINE mode`);
    }
    return null;
  }
  if (executionType === undefined) {
    diagnostics.add(
      'SCHEMA_VALIDATION_FAILED',
      'A Distributed Map needs an ExecutionType',
      `${path}/ItemProcessor/ProcessorConfig`,
    );
  }
  return {
    label: source.Label,
    toleratedFailurePercentage: compiler.compileOptional(
      source.ToleratedFailurePercentage,
      'ToleratedFailurePercentage',
      path,
    ),
    toleratedFailureCount: compiler.compileOptional(source.ToleratedFailureCount, 'ToleratedFailureCount', path),
    itemReader: source.ItemReader && compileItemReader(name, source, source.ItemReader, compilation),
    itemBatcher: source.ItemBatcher && {
      itemsMax: compiler.compileOptional(source.ItemBatcher.MaxItemsPerBatch, 'ItemBatcher/MaxItemsPerBatch', path),
      bytesMax: compiler.compileOptional(
        source.ItemBatcher.MaxInputBytesPerBatch,
        'ItemBatcher/MaxInputBytesPerBatch',
        path,
      ),
      batchInput: compiler.compileOptional(source.ItemBatcher.BatchInput, 'ItemBatcher/BatchInput', path),
    },
    resultWriter: source.ResultWriter && compileResultWriter(name, source.ResultWriter, compilation),
  };
}

function compileItemReader(
  name: string,
  state: StateSourceOf<'Map'>,
  source: ItemReaderSource,
  { compiler, diagnostics, path }: StateCompilation,
): ItemReader {
  if (state.Items !== undefined) throw new UnsupportedFeatureError(`state ${name}`, 'Items together with ItemReader');
  const { ReaderConfig: config } = source;
  const report = (message: string) => diagnostics.add('SCHEMA_VALIDATION_FAILED', message, `${path}/ItemReader`);
  const isListing = source.Resource === 'arn:aws:states:::s3:listObjectsV2';
  const loads = config.Transformation === 'LOAD_AND_FLATTEN';
  if (loads && !isListing) report('LOAD_AND_FLATTEN belongs to s3:listObjectsV2');
  return {
    arguments: compiler.compile(source.Arguments, 'ItemReader/Arguments', path),
    maxItems: compiler.compileOptional(config.MaxItems, 'ItemReader/ReaderConfig/MaxItems', path),
    source:
      isListing && !loads
        ? { kind: 'listing' }
        : { kind: isListing ? 'listed-objects' : 'object', format: compileFormat(name, config, report) },
  };
}

function compileFormat(name: string, config: ReaderConfigSource, report: (message: string) => void): ItemFormat {
  const { InputType: inputType, ManifestType: manifestType } = config;
  const subject = `state ${name}`;
  if (manifestType) throw new UnsupportedFeatureError(subject, `ItemReader.ReaderConfig.ManifestType ${manifestType}`);
  if (inputType === 'PARQUET' || inputType === 'MANIFEST') {
    throw new UnsupportedFeatureError(subject, `ItemReader.ReaderConfig.InputType ${inputType}`);
  }
  if (inputType === undefined) report('The InputType of what is read must be given');
  if (inputType === 'JSONL') return { type: 'JSONL' };
  if (inputType !== 'CSV') return { type: 'JSON', pointer: config.ItemsPointer };
  const { CSVHeaderLocation: location, CSVHeaders: headers } = config;
  if (location === undefined) report('InputType CSV needs a CSVHeaderLocation');
  if ((location === 'GIVEN') !== (headers !== undefined)) report('CSVHeaders belong to CSVHeaderLocation GIVEN');
  return { type: 'CSV', delimiter: DELIMITERS[config.CSVDelimiter], headers };
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html */
function compileResultWriter(
  name: string,
  source: ResultWriterSource,
  { compiler, diagnostics, path }: StateCompilation,
): ResultWriter {
  const { Resource: resource, Arguments: destination, WriterConfig: config } = source;
  if ((resource === undefined) !== (destination === undefined) || (resource === undefined && config === undefined)) {
    diagnostics.add(
      'SCHEMA_VALIDATION_FAILED',
      'A ResultWriter has Resource and Arguments, or a WriterConfig, or all three',
      `${path}/ResultWriter`,
    );
  }
  const outputType = config?.OutputType ?? 'JSON';
  if (outputType === 'JSONL' && resource === undefined) {
    throw new UnsupportedFeatureError(`state ${name}`, 'ResultWriter.WriterConfig.OutputType JSONL without a Resource');
  }
  return {
    destination: compiler.compileOptional(destination, 'ResultWriter/Arguments', path),
    transformation: config?.Transformation ?? (resource === undefined ? 'COMPACT' : 'NONE'),
    outputType,
  };
}

// What a definition may ask for on AWS, and the emulator does not model.

import { UnsupportedFeatureError } from '../../kernel/errors.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../expressions/json-value.ts';

const UNSUPPORTED_FIELDS = ['Credentials', 'Iterator'];

/** They belong to the other query language. */
const JSONPATH_FIELDS = [
  'CausePath',
  'ErrorPath',
  'HeartbeatSecondsPath',
  'InputPath',
  'ItemsPath',
  'MaxConcurrencyPath',
  'MaxInputBytesPerBatchPath',
  'MaxItemsPath',
  'MaxItemsPerBatchPath',
  'OutputPath',
  'Parameters',
  'Result',
  'ResultPath',
  'ResultSelector',
  'SecondsPath',
  'TimeoutSecondsPath',
  'TimestampPath',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
  'Variable',
];

/** @throws {UnsupportedFeatureError} unless the definition, and so each of its states, is in JSONata. */
export function refuseJsonPath(definition: JsonObject): void {
  const { QueryLanguage: language = 'JSONPath' } = definition;
  if (language === 'JSONPath') throw new UnsupportedFeatureError('state machine definition', 'QueryLanguage JSONPath');
}

/** @throws {UnsupportedFeatureError} naming the state and the field. */
export function refuseUnsupportedFields(stateName: string, state: JsonObject): void {
  const subject = `state ${stateName}`;
  const catchers = isJsonArray(state.Catch) ? state.Catch : [];
  const rules = isJsonArray(state.Choices) ? state.Choices : [];
  const mapParts = [state.ItemReader, state.ItemBatcher, state.ResultWriter].filter(isJsonObject);
  const configs = mapParts.map((part) => part.ReaderConfig).filter(isJsonObject);
  for (const part of [state, ...catchers, ...rules, ...mapParts, ...configs]) refuseFields(subject, part);
  const processor = state.ItemProcessor;
  const config = isJsonObject(processor) ? processor.ProcessorConfig : undefined;
  if (isJsonObject(config) && config.ExecutionType === 'EXPRESS') {
    throw new UnsupportedFeatureError(subject, 'ItemProcessor.ProcessorConfig.ExecutionType EXPRESS');
  }
}

function refuseFields(subject: string, part: JsonValue): void {
  if (!isJsonObject(part)) return;
  for (const field of Object.keys(part)) {
    if (UNSUPPORTED_FIELDS.includes(field)) throw new UnsupportedFeatureError(subject, `field ${field}`);
    if (JSONPATH_FIELDS.includes(field)) throw new UnsupportedFeatureError(subject, `JSONPath field ${field}`);
  }
}

// One mapping from an event source to a function, and what polls for it.

import type { Principal } from '../../kernel/access.ts';
import type { LambdaFunction } from '../lambda-function.ts';
import type { MappingProps, MappingSettings, SourceService } from './mapping-settings.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html */
export type MappingState = 'Creating' | 'Enabling' | 'Enabled' | 'Disabling' | 'Disabled' | 'Updating' | 'Deleting';

export interface EventSourceMapping {
  readonly uuid: string;
  readonly props: MappingProps;
  readonly service: SourceService;
  readonly target: LambdaFunction;
  /** Who polls: the function's role. */
  readonly caller: Principal;
  /** What polls and batches go by. */
  settings: MappingSettings;
  /** What was asked for last; differs from `settings` while a change is under way. */
  wanted: MappingSettings;
  state: MappingState;
  lastModifiedMs: number;
  /** What became of the last batch; told of streams only. */
  lastProcessingResult: 'No records processed' | 'OK' | 'PROBLEM: Function call failed';
}

/** What polls for a mapping. */
export interface Pollers {
  /** Polls from now on; after `stop`, from where that left off. */
  start(): void;
  /** Resolves when nothing is under way any more: the last poll is answered, and what it brought is handed over or kept. */
  stop(): Promise<void>;
  /** Other settings are in force. Only while it polls. */
  onSettings(): void;
}

// A state machine's definition as the interpreter wants it: checked, with every expression compiled.

import type { Template } from '../expressions/template.ts';

/** States that run from `startAt` to one that ends: a whole machine, a Parallel branch, a Map's item processor. */
export interface Workflow {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

export interface Definition extends Workflow {
  /** Bound on a whole execution. */
  readonly timeoutSeconds: number | undefined;
}

export type State =
  | TaskState
  | PassState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;

export type StateType = State['type'];

/** What a state makes of what happened in it, after it or in the rule or catcher that was chosen. */
export interface Outcome {
  readonly output: Template | undefined;
  /** By variable name. */
  readonly assign: ReadonlyMap<string, Template> | undefined;
}

export interface Transition {
  /** The state that follows, or null when this one ends its workflow. */
  readonly next: string | null;
}

export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
  readonly jitter: 'FULL' | 'NONE';
}

export interface Catcher extends Outcome {
  readonly errorEquals: readonly string[];
  readonly next: string;
}

/** States that can retry and catch. */
export interface Recovery {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

interface NamedState {
  readonly name: string;
}

export interface TaskState extends NamedState, Outcome, Transition, Recovery {
  readonly type: 'Task';
  readonly resource: TaskResource;
  readonly arguments: Template | undefined;
  readonly timeoutSeconds: Template | undefined;
  readonly heartbeatSeconds: Template | undefined;
}

export type TaskResource =
  /** `arn:aws:states:::lambda:invoke` */
  | { readonly kind: 'lambda-invoke' }
  /** `arn:aws:states:::aws-sdk:<service>:<action>` */
  | {
      readonly kind: 'aws-sdk';
      /** As the gateway knows it: `lambda`. */
      readonly service: string;
      /** As the ARN has it: `updateEventSourceMapping`. */
      readonly action: string;
      /** As the gateway knows it: `UpdateEventSourceMapping`. */
      readonly operation: string;
    };

export interface PassState extends NamedState, Outcome, Transition {
  readonly type: 'Pass';
}

export interface ChoiceState extends NamedState {
  readonly type: 'Choice';
  readonly rules: readonly ChoiceRule[];
  /** Where no rule matches; null when the definition leaves that open. */
  readonly otherwise: (Outcome & { readonly next: string }) | null;
}

export interface ChoiceRule extends Outcome {
  readonly condition: Template;
  readonly next: string;
}

export interface WaitState extends NamedState, Outcome, Transition {
  readonly type: 'Wait';
  readonly duration:
    | { readonly kind: 'seconds'; readonly seconds: Template }
    | { readonly kind: 'timestamp'; readonly timestamp: Template };
}

export interface SucceedState extends NamedState {
  readonly type: 'Succeed';
  readonly output: Template | undefined;
}

export interface FailState extends NamedState {
  readonly type: 'Fail';
  readonly error: Template | undefined;
  readonly cause: Template | undefined;
}

export interface ParallelState extends NamedState, Outcome, Transition, Recovery {
  readonly type: 'Parallel';
  readonly branches: readonly Workflow[];
  readonly arguments: Template | undefined;
}

export interface MapState extends NamedState, Outcome, Transition, Recovery {
  readonly type: 'Map';
  readonly processor: Workflow;
  readonly items: Template | undefined;
  readonly itemSelector: Template | undefined;
  readonly maxConcurrency: Template | undefined;
  /** Null for an inline Map, whose iterations run in the execution itself. */
  readonly distribution: Distribution | null;
}

export interface Distribution {
  /** Part of the Map Run's ARN; the interpreter makes one up where there is none. */
  readonly label: string | undefined;
  readonly toleratedFailurePercentage: Template | undefined;
  readonly toleratedFailureCount: Template | undefined;
  /** Where the items come from S3 rather than from the state's input. */
  readonly itemReader: ItemReader | undefined;
  readonly itemBatcher: ItemBatcher | undefined;
  readonly resultWriter: ResultWriter | undefined;
}

export interface ItemReader {
  /** Arguments of the S3 operation. */
  readonly arguments: Template;
  readonly maxItems: Template | undefined;
  readonly source: /** What ListObjectsV2 says of each object. */
    | { readonly kind: 'listing' }
    /** The content of one object. */
    | { readonly kind: 'object'; readonly format: ItemFormat }
    /** The contents of all objects that ListObjectsV2 finds. */
    | { readonly kind: 'listed-objects'; readonly format: ItemFormat };
}

export type ItemFormat =
  /** `pointer` is a JSON Pointer to the array of items; the empty one means the whole document. */
  | { readonly type: 'JSON'; readonly pointer: string }
  | { readonly type: 'JSONL' }
  /** The first row is the header where none is given. */
  | { readonly type: 'CSV'; readonly delimiter: string; readonly headers: readonly string[] | undefined };

export interface ItemBatcher {
  readonly itemsMax: Template | undefined;
  readonly bytesMax: Template | undefined;
  readonly batchInput: Template | undefined;
}

export interface ResultWriter {
  /** Bucket and prefix; without them the results are the state's own. */
  readonly destination: Template | undefined;
  readonly transformation: 'NONE' | 'COMPACT' | 'FLATTEN';
  readonly outputType: 'JSON' | 'JSONL';
}

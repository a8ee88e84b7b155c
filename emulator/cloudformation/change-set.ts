// What executing it would do to its stack.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html

import type { Principal } from '../kernel/access.ts';
import type { StackSource } from './stack.ts';

export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string;
  /** Of a resource that is modified: names of properties, and whether each needs another resource in its place. */
  readonly properties: readonly { readonly name: string; readonly requiresRecreation: boolean }[];
  /** Of a resource that is removed. */
  readonly policyAction?: 'Delete' | 'Retain';
}

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly description: string | undefined;
  readonly creationMs: number;
  readonly source: StackSource;
  readonly roleArn: string | undefined;
  readonly executor: Principal;
  readonly onStackFailure: 'DELETE' | 'DO_NOTHING' | 'ROLLBACK' | undefined;
  readonly includesNestedStacks: boolean;
  status: 'CREATE_PENDING' | 'CREATE_COMPLETE' | 'FAILED';
  statusReason: string | undefined;
  executionStatus: 'UNAVAILABLE' | 'AVAILABLE' | 'EXECUTE_IN_PROGRESS' | 'EXECUTE_COMPLETE' | 'EXECUTE_FAILED';
  changes: readonly ResourceChange[];
}

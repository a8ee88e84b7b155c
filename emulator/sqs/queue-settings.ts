// A queue's attributes as the queue works with them. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html

/** When a message goes to a dead-letter queue. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  /** 1 to 1,000. */
  readonly maxReceiveCount: number;
}

/** Which queues may have the queue as their dead-letter queue. */
export type RedriveAllowPolicy =
  | { readonly redrivePermission: 'allowAll' | 'denyAll' }
  | { readonly redrivePermission: 'byQueue'; readonly sourceQueueArns: readonly string[] };

export interface QueueSettings {
  /** 0 to 12 hours. Default: 30 s. */
  readonly visibilityTimeoutMs: number;
  /** 0 to 15 minutes. Default: 0. */
  readonly delayMs: number;
  /** 1 minute to 14 days. Default: 4 days. */
  readonly retentionMs: number;
  /** How long a receive waits that does not say. 0 to 20 s. Default: 0. */
  readonly receiveWaitMs: number;
  /** 1 KiB to 1 MiB. Default: 1 MiB. */
  readonly messageBytesMax: number;
  readonly redrivePolicy: RedrivePolicy | undefined;
  /** Undefined allows all. */
  readonly redriveAllowPolicy: RedriveAllowPolicy | undefined;
  /** FIFO: a message without a deduplication id gets the SHA-256 of its body as one. */
  readonly deduplicatesByContent: boolean;
  /** FIFO: a deduplication id means one thing in the whole queue, or one in each group. */
  readonly deduplicationScope: 'queue' | 'messageGroup';
  /** FIFO: what the quota of calls holds for. */
  readonly throughputLimit: 'perQueue' | 'perMessageGroupId';
}

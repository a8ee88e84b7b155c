// Who calls, and what a call needs. The rules themselves are in emulator/iam.

/** Whoever signed a request, or the AWS service that makes it on its own behalf. */
export type Principal =
  | { readonly kind: 'root' }
  | { readonly kind: 'role'; readonly roleArn: string; readonly sessionName: string }
  | {
      readonly kind: 'service';
      /** Such as `events.amazonaws.com`. */
      readonly service: string;
      /** The resource the service acts for: `aws:SourceArn`. */
      readonly sourceArn: string;
    };

/** One permission that a call must have. */
export interface AccessNeed {
  /** As in a policy: `sqs:SendMessage`. */
  readonly action: string;
  /** The resource's ARN, or `*` for an action that takes no resource. */
  readonly resource: string;
  /** Condition keys that the call itself decides, in lower case: `s3:prefix`. */
  readonly keys?: Readonly<Record<string, string>>;
}

export interface AccessControl {
  /** @throws {AwsError} `AccessDeniedException` (or the service's own code for it), naming the missing statement. */
  authorize(caller: Principal, need: AccessNeed): void;
}

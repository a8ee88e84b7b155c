// The instants that a message passes, and the hops between them.

/**
 * In order: when the schedule wanted the message sent; when its publish call had returned; when the service says it took it; when the handler
 * that received it started; when it was in S3.
 */
export const INSTANTS = ['scheduled', 'acknowledged', 'accepted', 'received', 'arrived'] as const;

export type Instant = (typeof INSTANTS)[number];

export interface Hop {
  readonly from: Instant;
  readonly to: Instant;
}

// What a consumer notes down first of all: when it began, and whether its execution environment is new.

import type { Context } from 'aws-lambda';
import type { Invocation } from '../model/arrived-message.ts';

let isNewEnvironment = true;

/** Call it once, at the start of the handler. */
export function beginInvocation(context: Pick<Context, 'awsRequestId'>): Omit<Invocation, 'invocationMessages'> {
  const coldStart = isNewEnvironment;
  isNewEnvironment = false;
  return {
    receivedAt: Date.now(),
    requestId: context.awsRequestId,
    coldStart,
    // The process began with the initialisation phase, so its age at its first handler is that phase's length.
    initMs: coldStart ? Math.round(performance.now()) : 0,
  };
}

// The app with its one stack, for the app file and for tests.

import { App } from 'aws-cdk-lib';
import recommendedFeatureFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { STACK_NAME } from './names.ts';
import { ShowdownStack } from './showdown-stack.ts';

/** `context` comes on top of the CDK's recommended feature flags. */
export function createApp(context: Readonly<Record<string, unknown>> = {}): { app: App; stack: ShowdownStack } {
  const app = new App({
    context: { ...recommendedFeatureFlags, ...context },
    analyticsReporting: false,
    treeMetadata: false,
  });
  return { app, stack: new ShowdownStack(app, STACK_NAME) };
}

import type { DestinationUpdate } from './settings.ts';

/** The destination's, and those of its processors. */
export function listPassedRoles({ RoleARN, ProcessingConfiguration }: DestinationUpdate): string[] {
  const ofProcessors = (ProcessingConfiguration?.Processors ?? []).flatMap((processor) =>
    processor.Type === 'Lambda'
      ? processor.Parameters.flatMap(({ ParameterName, ParameterValue }) =>
          ParameterName === 'RoleArn' ? ParameterValue : [],
        )
      : [],
  );
  return [...(RoleARN === undefined ? [] : [RoleARN]), ...ofProcessors];
}

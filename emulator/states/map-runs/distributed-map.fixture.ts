// A machine with one Distributed Map, for tests.

/** `map` are fields of the Map state besides those that it needs; `processor` the states of a child, from `I`. */
export function distributedMap(map: object, processor: object = { I: { Type: 'Pass', End: true } }): object {
  return {
    StartAt: 'M',
    States: {
      M: {
        Type: 'Map',
        Label: 'lanes',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'I',
          States: processor,
        },
        ...map,
        End: true,
      },
    },
  };
}

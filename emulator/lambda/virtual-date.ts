// `Date` as a function's code sees it: now is the virtual clock's.

export function createVirtualDate(nowMs: () => number): DateConstructor {
  return new Proxy(Date, {
    construct: (target, parameters, newTarget) =>
      Reflect.construct(target, parameters.length > 0 ? parameters : [Math.floor(nowMs())], newTarget),
    apply: () => new Date(Math.floor(nowMs())).toString(),
    get: (target, property, receiver) =>
      property === 'now' ? () => Math.floor(nowMs()) : Reflect.get(target, property, receiver),
  });
}

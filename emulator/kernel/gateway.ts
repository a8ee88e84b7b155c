// The one door to every emulated service: HTTP front ends, the state machine's integrations and services that call
// services all come through here, so that each call is parsed, authorised, timed and seen in one place.

import type { AccessControl, AccessNeed, Principal } from './access.ts';
import type { Clock } from './clock.ts';
import { AwsError, UnsupportedFeatureError } from './errors.ts';
import { type LatencyModel, operationLatencyName } from './latency.ts';
import type { Operation, Service } from './operation.ts';
import type { Random } from './random.ts';

export interface GatewayCall {
  /** As `Service.name`. */
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
  readonly caller: Principal;
}

/** What a finished call looked like from outside, for tests of least privilege. */
export interface ObservedCall {
  readonly service: string;
  readonly operation: string;
  readonly caller: Principal;
  readonly needs: readonly AccessNeed[];
}

export interface CallOptions {
  /** Whether the call takes the time that one on AWS would. A call that came over a network has taken its time already. */
  readonly takesModelledTime: boolean;
  /** From `createRequestId`. Default: a new one. */
  readonly requestId?: string;
}

export interface GatewayAnswer {
  readonly requestId: string;
  readonly output: unknown;
}

export class Gateway {
  /** By service and name. */
  readonly #operations = new Map<string, Map<string, Operation>>();
  readonly #observers: ((call: ObservedCall) => void)[] = [];
  readonly #clock: Clock;
  readonly #latency: LatencyModel;
  readonly #access: AccessControl;
  readonly #random: Random;

  constructor(parts: { clock: Clock; latency: LatencyModel; access: AccessControl; random: Random }) {
    this.#clock = parts.clock;
    this.#latency = parts.latency;
    this.#access = parts.access;
    this.#random = parts.random;
  }

  register(service: Service): void {
    for (const operation of service.operations) {
      const ofService = this.#operations.get(service.name) ?? new Map<string, Operation>();
      this.#operations.set(service.name, ofService.set(operation.name, operation));
    }
  }

  observe(observer: (call: ObservedCall) => void): void {
    this.#observers.push(observer);
  }

  has(service: string, operation: string): boolean {
    return this.#operations.get(service)?.has(operation) ?? false;
  }

  /** As `AccessControl` has it: for a service that looks whether a role may do something before it does it in that role. */
  authorize(caller: Principal, need: AccessNeed): void {
    this.#access.authorize(caller, need);
  }

  /** Whether the caller has a permission, without a call: for what a service does on its behalf too often to call for. */
  allows(caller: Principal, need: AccessNeed): boolean {
    try {
      this.authorize(caller, need);
      return true;
    } catch (error) {
      if (error instanceof AwsError) return false;
      throw error;
    }
  }

  /** For whoever has to know whether a request comes too late. Epoch milliseconds. */
  nowMs(): number {
    return this.#clock.now();
  }

  /** For whoever has to name a request in its answer even when it never becomes a call. */
  createRequestId(): string {
    return this.#random.uuid();
  }

  /** The output of one call, after the time that it takes. Errors are those of the operation. */
  async call(call: GatewayCall): Promise<unknown> {
    return (await this.callWithRequestId(call)).output;
  }

  /** Parses a call and asks whether it may be made, and does not make it. @throws what the call would throw by then. */
  check(call: GatewayCall): void {
    const { needs } = this.#find(call).prepare(call.input);
    for (const need of needs) this.#access.authorize(call.caller, need);
  }

  async callWithRequestId(
    call: GatewayCall,
    { takesModelledTime, requestId = this.createRequestId() }: CallOptions = { takesModelledTime: true },
  ): Promise<GatewayAnswer> {
    const operation = this.#find(call);
    if (takesModelledTime) {
      await this.#clock.sleep(this.#latency.sampleMs(operationLatencyName(call.service, call.operation)));
    }
    const { needs, run } = operation.prepare(call.input);
    for (const need of needs) this.#access.authorize(call.caller, need);
    for (const observer of this.#observers) {
      observer({ service: call.service, operation: call.operation, caller: call.caller, needs });
    }
    const authorize = (need: AccessNeed) => this.#access.authorize(call.caller, need);
    return { requestId, output: await run({ caller: call.caller, requestId, authorize }) };
  }

  #find({ service, operation: name }: GatewayCall): Operation {
    const operation = this.#operations.get(service)?.get(name);
    if (!operation) throw new UnsupportedFeatureError(service, `operation ${name}`);
    return operation;
  }
}

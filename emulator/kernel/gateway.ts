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
}

export interface GatewayAnswer {
  readonly requestId: string;
  readonly output: unknown;
}

export class Gateway {
  readonly #operations = new Map<string, Operation>();
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
      this.#operations.set(`${service.name}.${operation.name}`, operation);
    }
  }

  observe(observer: (call: ObservedCall) => void): void {
    this.#observers.push(observer);
  }

  has(service: string, operation: string): boolean {
    return this.#operations.has(`${service}.${operation}`);
  }

  /** Whether the caller has a permission, without a call: for what a service does on its behalf too often to call for. */
  allows(caller: Principal, need: AccessNeed): boolean {
    try {
      this.#access.authorize(caller, need);
      return true;
    } catch (error) {
      if (error instanceof AwsError) return false;
      throw error;
    }
  }

  /** The output of one call, after the time that it takes. Errors are those of the operation. */
  async call(call: GatewayCall): Promise<unknown> {
    return (await this.callWithRequestId(call)).output;
  }

  async callWithRequestId(
    call: GatewayCall,
    { takesModelledTime }: CallOptions = { takesModelledTime: true },
  ): Promise<GatewayAnswer> {
    const operation = this.#operations.get(`${call.service}.${call.operation}`);
    if (!operation) throw new UnsupportedFeatureError(call.service, `operation ${call.operation}`);
    const requestId = this.#random.uuid();
    if (takesModelledTime) {
      await this.#clock.sleep(this.#latency.sampleMs(operationLatencyName(call.service, call.operation)));
    }
    const { needs, run } = operation.prepare(call.input);
    for (const need of needs) this.#access.authorize(call.caller, need);
    for (const observer of this.#observers) {
      observer({ service: call.service, operation: call.operation, caller: call.caller, needs });
    }
    return { requestId, output: await run({ caller: call.caller, requestId }) };
  }
}

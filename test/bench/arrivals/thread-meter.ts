// What a thread takes: time, processor time and memory, without the collections of garbage that are made to look.

export interface ThreadMeasurement {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** Reachable after a collection, arrays outside the heap included, less what was there before: the most of all samples. */
  readonly liveBytesMax: number;
  /** Of the arrays, at the last sample: they are what grows with a trial, and the heap's size varies by some megabytes from run to run. */
  readonly arrayBytesLast: number;
  /** The most with garbage that had not been collected yet. */
  readonly usedBytesMax: number;
  readonly samples: number;
}

const SAMPLE_EVERY_MS = 500;

export class ThreadMeter {
  readonly #collectGarbage: () => void;
  readonly #baseBytes: number;
  readonly #startedMs: number;
  readonly #startedCpu: number;
  #liveBytesMax = 0;
  #arrayBytesLast = 0;
  #usedBytesMax = 0;
  #samples = 0;
  #sampledMs: number;
  #pausedMs = 0;
  #pausedCpuMicroseconds = 0;

  /** What comes from now on counts. */
  constructor(collectGarbage: () => void) {
    this.#collectGarbage = collectGarbage;
    this.#collectFully();
    this.#baseBytes = readUsedBytes();
    this.#startedMs = performance.now();
    this.#sampledMs = this.#startedMs;
    this.#startedCpu = readCpuMicroseconds();
  }

  /** Processor time so far. */
  get cpuMs(): number {
    return (readCpuMicroseconds() - this.#startedCpu - this.#pausedCpuMicroseconds) / 1000;
  }

  /** Whether the last look at memory was some time ago. */
  get isSampleDue(): boolean {
    return performance.now() - this.#sampledMs > SAMPLE_EVERY_MS;
  }

  sampleMemory(): void {
    const startedMs = performance.now();
    const startedCpu = readCpuMicroseconds();
    this.#usedBytesMax = Math.max(this.#usedBytesMax, readUsedBytes() - this.#baseBytes);
    this.#collectFully();
    this.#liveBytesMax = Math.max(this.#liveBytesMax, readUsedBytes() - this.#baseBytes);
    this.#arrayBytesLast = process.memoryUsage().arrayBuffers;
    this.#samples++;
    this.#sampledMs = performance.now();
    this.#pausedMs += this.#sampledMs - startedMs;
    this.#pausedCpuMicroseconds += readCpuMicroseconds() - startedCpu;
  }

  /** Twice: buffers that the first one frees may be freed beside it, which the second one waits for. */
  #collectFully(): void {
    this.#collectGarbage();
    this.#collectGarbage();
  }

  finish(): ThreadMeasurement {
    return {
      wallSeconds: (performance.now() - this.#startedMs - this.#pausedMs) / 1000,
      cpuSeconds: this.cpuMs / 1000,
      liveBytesMax: this.#liveBytesMax,
      arrayBytesLast: this.#arrayBytesLast,
      usedBytesMax: this.#usedBytesMax,
      samples: this.#samples,
    };
  }
}

function readUsedBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function readCpuMicroseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

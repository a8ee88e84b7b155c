// How a command talks: progress on standard error, results on standard output.

const CLEAR_LINE = '\r\u001b[2K';

export interface ProgressLine {
  /** Shows `text` in place of what was shown before; where nobody watches, on a line of its own once a milestone. */
  show(text: string, milestone: unknown): void;
  /** Takes the line away. */
  end(): void;
}

export function createProgressLine(stream: NodeJS.WriteStream): ProgressLine {
  let lastMilestone: unknown;
  return {
    show(text, milestone) {
      if (!stream.isTTY && milestone === lastMilestone) return;
      lastMilestone = milestone;
      stream.write(stream.isTTY ? `${CLEAR_LINE}${text}` : `${text}\n`);
    },
    end() {
      if (stream.isTTY) stream.write(CLEAR_LINE);
    },
  };
}

export const SILENT_PROGRESS: ProgressLine = { show() {}, end() {} };

/** `1 trial`, `12 trials`. */
export function renderCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `1 h 02 min`, `12 min 05 s` or `9 s`. */
export function renderDuration(durationMs: number): string {
  const totalSeconds = Math.round(durationMs / 1000);
  const hours = Math.floor(totalSeconds / 3600);
  const minutes = Math.floor((totalSeconds % 3600) / 60);
  const seconds = totalSeconds % 60;
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  if (hours > 0) return `${hours} h ${twoDigits(minutes)} min`;
  if (minutes > 0) return `${minutes} min ${twoDigits(seconds)} s`;
  return `${seconds} s`;
}

// What the command's exit status means.

/** The run, or whatever was asked for, is good. */
export const EXIT_GOOD = 0;
/** The run failed, lost something or crossed a threshold. */
export const EXIT_FAILED = 1;
/** The input or an option was refused; nothing was started. */
export const EXIT_BAD_INPUT = 2;

/** Whether a person can be asked: in a terminal, and not where a program reads the answer. */
export const canAsk = (jsonEnabled: boolean): boolean =>
  Boolean(process.stdin.isTTY && process.stdout.isTTY) && !jsonEnabled;

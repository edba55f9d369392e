const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Done at the first signal that asks this process to end. The listeners that are there are removed: those of the base
 * command throw at once, and things could not be put away. For commands that run until somebody ends them.
 */
export function untilSignal(process: Pick<NodeJS.Process, 'on' | 'removeAllListeners'>): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) {
      process.removeAllListeners(signal);
      process.on(signal, () => resolve());
    }
  });
}

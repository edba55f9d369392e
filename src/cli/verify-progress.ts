import { printable } from '../keys/printable.js';
import type { VerifyProgress } from '../verify/check-run.js';
import { inWords } from '../verify/retry.js';

/** Words for what is under way, from a message bundle. */
type Words = (key: 'verifying' | 'waiting' | 'done', tokens: readonly string[]) => string;

export type ProgressOutput = {
  readonly spinner: { start(action: string): void; stop(message?: string): void; status: string | undefined };
  readonly log: (line: string) => void;
  /** Whether a person watches: a spinner that cannot redraw its line would fill a log with one. */
  readonly isWatched: boolean;
  readonly words: Words;
};

/** Shows a verification while it runs: a spinner for who watches, and in a log a line for each wait. */
export class VerifyProgressView {
  readonly #output: ProgressOutput;

  public constructor(output: ProgressOutput) {
    this.#output = output;
  }

  public start(username: string, instanceUrl: string): void {
    const { isWatched, spinner, log, words } = this.#output;
    const line = words('verifying', [printable(username), instanceUrl]);
    if (isWatched) spinner.start(line);
    else log(line);
  }

  public show(event: VerifyProgress): void {
    const { isWatched, spinner, log, words } = this.#output;
    if (event.kind === 'started' && isWatched) spinner.status = event.name;
    if (event.kind !== 'waiting') return;
    const spans = [event.nextAttemptSeconds, event.remainingSeconds].map(inWords);
    const line = words('waiting', [event.name, event.detail, ...spans]);
    if (isWatched) spinner.status = line;
    else log(line);
  }

  public stop(): void {
    if (this.#output.isWatched) this.#output.spinner.stop(this.#output.words('done', []));
  }
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import mocha from 'mocha';

/** The spec reporter, closed by one line that scripts can read: `N passed, N failed`. */
export default class CountingReporter extends mocha.reporters.Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    if (pending) console.log(`${pending} skipped, each with its reason above`);
    const summary = process.env.TEST_SUMMARY_FILE;
    if (summary) {
      mkdirSync(dirname(summary), { recursive: true });
      writeFileSync(summary, JSON.stringify({ passes, failures, pending }));
    }
    console.log(`${passes} passed, ${failures} failed`);
  }
}

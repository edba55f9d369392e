import mocha from 'mocha';

/** The spec reporter, closed by one line that scripts can read: `N passed, N failed`. */
export default class CountingReporter extends mocha.reporters.Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    console.log(`${passes} passed, ${failures} failed${pending ? `, ${pending} skipped` : ''}`);
  }
}

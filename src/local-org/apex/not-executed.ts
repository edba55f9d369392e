/** Why a local org answers calls to Apex with a failure: it must not look as if code had run. */
export const apexNotExecuted = 'Not executed: a local org does not run Apex.';

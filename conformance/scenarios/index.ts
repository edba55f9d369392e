import type { Scenario } from '../scenario.js';
import { assumptionScenarios } from './assumptions.js';
import { componentScenarios } from './components.js';
import { keptComponentScenarios } from './kept-components.js';
import { packageScenarios } from './packages.js';
import { recordValueScenarios } from './record-values.js';
import { restScenarios } from './rest-api.js';
import { soapScenarios } from './soap-calls.js';
import { tokenGrantScenarios } from './token-grants.js';
import { tokenRequestScenarios } from './token-requests.js';

/** Everything that is asked of an org, in this order. */
export const allScenarios: readonly Scenario[] = [
  ...tokenRequestScenarios,
  ...tokenGrantScenarios,
  ...restScenarios,
  ...recordValueScenarios,
  ...soapScenarios,
  ...packageScenarios,
  ...componentScenarios,
  ...keptComponentScenarios,
  ...assumptionScenarios,
];

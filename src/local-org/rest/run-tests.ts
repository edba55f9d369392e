import { apexNotExecuted } from '../apex/not-executed.js';
import type { RouteHandler } from '../http.js';
import { RestRefusal } from './refusal.js';

/**
 * `…/tooling/runTestsSynchronous` and `…/tooling/runTestsAsynchronous`. A test run without results would look like one that
 * passed, and one that never ends would keep clients waiting: so that there is none. The error code is one of Salesforce's.
 */
export const runTests: RouteHandler = () =>
  Promise.reject(new RestRefusal(400, 'FUNCTIONALITY_NOT_ENABLED', apexNotExecuted));

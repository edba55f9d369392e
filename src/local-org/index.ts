export { readRules as readFaultRules } from './faults/read-rules.js';
export { findSession } from './sessions.js';
export { adminUsernameOf, defaultAliases, integrationUsernameOf } from './seed.js';
export { startLocalOrgs, type LocalOrgOptions, type LocalOrgs, type RunningOrg } from './start.js';

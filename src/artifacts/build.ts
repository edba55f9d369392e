/** What the rest of the product asks of the artifacts. */
export { certificateArtifacts, clientArtifacts, clientOutline, testClasses } from './client-artifacts.js';
export { consumerKeyHolder, permissionSetArtifacts, serverArtifacts, serverOutline } from './server-artifacts.js';
export { grantOf } from './grant.js';

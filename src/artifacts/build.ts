/** What the rest of the product asks of the artifacts. */
export { certificateArtifacts, clientArtifacts, clientComponents } from './client-artifacts.js';
export { consumerKeyHolder, permissionSetArtifacts, serverArtifacts, serverComponents } from './server-artifacts.js';

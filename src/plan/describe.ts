import type { ComponentRef } from '../artifacts/artifact.js';

/** Metadata types by the words of Salesforce Setup, where a component of that type stands for the whole group. */
const setupWords: Readonly<Record<string, string>> = {
  ExternalClientApplication: 'External Client App',
  ConnectedApp: 'Connected App',
  PermissionSet: 'Permission set',
  Certificate: 'Certificate',
  ApexClass: 'Apex class',
  RemoteSiteSetting: 'Remote site',
};

/** Like `External Client App Erp_Integration` or `Apex class ErpTokenProvider, Remote site Erp`. */
export function describeComponents(components: readonly ComponentRef[]): string {
  return components
    .flatMap(({ type, fullName }) => (setupWords[type] === undefined ? [] : [`${setupWords[type]} ${fullName}`]))
    .join(', ');
}

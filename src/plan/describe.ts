import type { ComponentRef } from '../artifacts/artifact.js';

/** Metadata types by the words of Salesforce Setup, where a component of that type stands for the whole group. */
const setupWords: Readonly<Record<string, string>> = {
  ExternalClientApplication: 'External Client App',
  ConnectedApp: 'Connected App',
  PermissionSet: 'Permission set',
  Certificate: 'Certificate',
  ApexClass: 'Apex class',
  RemoteSiteSetting: 'Remote site',
  NamedCredential: 'Named Credential',
  ExternalCredential: 'External Credential',
  CustomObject: 'Custom Metadata Type',
  CustomMetadata: 'Custom Metadata record',
};

/** Test classes go with the classes that they test, as fields go with their type. */
const isTold = ({ type, fullName }: ComponentRef, all: readonly ComponentRef[]): boolean =>
  setupWords[type] !== undefined && !(type === 'ApexClass' && all.some((one) => fullName === `${one.fullName}Test`));

/** Like `External Client App Erp_Integration` or `Apex class ErpTokenProvider, Remote site Erp`. */
export function describeComponents(components: readonly ComponentRef[]): string {
  return components
    .filter((component) => isTold(component, components))
    .map(({ type, fullName }) => `${setupWords[type]} ${fullName}`)
    .join(', ');
}

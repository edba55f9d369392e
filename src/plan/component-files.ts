import type { ComponentRef } from '../artifacts/artifact.js';

/** Folders of the types that a connection is made of, in source format and in the zip of a retrieve alike. */
const folders: Readonly<Record<string, string>> = {
  ApexClass: 'classes',
  ConnectedApp: 'connectedapps',
  CustomMetadata: 'custommetadata',
  CustomObject: 'objects',
  ExternalClientApplication: 'externalclientapps',
  ExternalCredential: 'externalcredentials',
  ExtlClntAppConfigurablePolicies: 'extlclntapppolicies',
  ExtlClntAppGlobalOauthSettings: 'extlclntappglobaloauthsets',
  ExtlClntAppOauthConfigurablePolicies: 'extlclntappoauthpolicies',
  ExtlClntAppOauthSettings: 'extlclntappoauthsettings',
  NamedCredential: 'namedcredentials',
  PermissionSet: 'permissionsets',
  RemoteSiteSetting: 'remotesitesettings',
};

/**
 * Whether a file is one of a component's, whatever the case of its letters. None is of a type that no connection is made of.
 *
 * @param path below a source folder, or in the zip of a retrieve
 */
export function isFileOf({ type, fullName }: ComponentRef, path: string): boolean {
  const [folder, ...rest] = path.toLowerCase().split('/');
  const name = fullName.toLowerCase();
  if (folder === undefined || folders[type] !== folder) return false;
  return (rest.at(-1)?.startsWith(`${name}.`) ?? false) || (type === 'CustomObject' && rest[0] === name);
}

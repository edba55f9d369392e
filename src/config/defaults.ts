import type { CertificateSource, ClientType, KeySize } from './connection.js';

/** Api for the calls, Web for scratch org sign-up, RefreshToken since the flow is refused without it. */
export const defaultScopes = ['Api', 'Web', 'RefreshToken'] as const;

export const defaultApiVersion = '67.0';
export const defaultKeySize: KeySize = 2048;
export const defaultValidDays = 365;

/** `my-erp` to `My_Erp_Integration`. */
export const defaultAppName = (connection: string): string =>
  `${words(connection).map(capitalise).join('_')}_Integration`;

/** `My_Erp_Integration` to `My Erp Integration`. */
export const defaultAppLabel = (appName: string): string => appName.replaceAll('_', ' ');

/** `my-erp` to `My Erp Integration`. Not of the app's own label, which can change while the certificate stays. */
export const defaultCommonName = (connection: string): string => defaultAppLabel(defaultAppName(connection));

export const defaultPermissionSet = (appName: string): string => `${appName}_Access`;

/** `my-erp` to `MyErp`. */
export const defaultClassPrefix = (connection: string): string => words(connection).map(capitalise).join('');

/** `my-erp` to `My_Erp`. */
export const defaultNamedCredential = (connection: string): string => words(connection).map(capitalise).join('_');

export const defaultPrincipal = 'Integration';

/** `My_Erp` to `My_Erp_Callouts`. */
export const defaultCalloutPermissionSet = (namedCredential: string): string => `${namedCredential}_Callouts`;

/** `My-Erp` to `my_erp_jwt`: lower case, since an imported keystore makes it so anyway. */
export const defaultCertificateName = (connection: string): string =>
  `${words(connection).join('_').toLowerCase()}_jwt`;

/** An org can make its own key; a caller outside Salesforce needs one of ours. */
export const defaultCertificateSource = (clientType: ClientType): CertificateSource =>
  clientType === 'external' ? 'generate' : 'platform';

const words = (name: string): string[] => name.split(/[-_]+/).filter((word) => word !== '');

const capitalise = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

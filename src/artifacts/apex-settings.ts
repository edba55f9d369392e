import type { ApexClient, Server } from '../config/connection.js';
import type { Grant } from './grant.js';
import { additionalClaims, claimText, refused } from './names.js';

/** Something that the token provider must know: a constant of the class, or a field of the Custom Metadata Type. */
export type ApexSetting = {
  /** Name of the value in the templates. */
  readonly name: string;
  readonly field: string;
  readonly constant: string;
  readonly label: string;
  readonly description: string;
  readonly type: 'Text' | 'Number' | 'LongTextArea';
  readonly isRequired: boolean;
};

/** What a Text field of a Custom Metadata Type holds at most (Salesforce Help: "Custom Field Types"). */
const maxText = 255;

/** Our own measure for claims in a Long Text Area, which counts in full against the org's limit for custom metadata. */
export const maxClaims = 4096;

/**
 * Seconds until an assertion expires: Salesforce takes at most 180 (Salesforce Help: OAuth 2.0 JWT Bearer Flow), and its clock
 * may run behind ours.
 */
export const validitySeconds = 120;

const text = (field: string, label: string, description: string, isRequired = true): ApexSetting => {
  const name = field.charAt(0).toLowerCase() + field.slice(1).replaceAll('_', '');
  return { name, field: `${field}__c`, constant: field.toUpperCase(), label, description, type: 'Text', isRequired };
};

const issuer = (isSalesforce: boolean): ApexSetting =>
  isSalesforce
    ? {
        ...text('Consumer_Key', 'Consumer Key', 'iss of the assertion: the app in the org that is called.'),
        name: 'issuer',
      }
    : text('Issuer', 'Issuer', 'iss of the assertion: this client, as the server knows it.');

/** The settings for a server of a kind, in the order in which they are shown. */
export function settingsFor({ type }: Server): readonly ApexSetting[] {
  const isSalesforce = type === 'salesforce';
  return [
    text('Base_Url', 'Base URL', 'Where the API is that is called with the token, without a slash at its end.'),
    text('Token_Endpoint', 'Token Endpoint', 'Where an assertion is exchanged for a token.'),
    text('Audience', 'Audience', 'aud of the assertion: the server that is called.'),
    issuer(isSalesforce),
    text('Username', 'Username', 'sub of the assertion: the user on whose behalf the API is called.'),
    text('Certificate_Name', 'Certificate Name', 'Certificate of this org that signs, by its unique name in Setup.'),
    {
      ...text('Validity_Seconds', 'Validity in Seconds', 'Lifetime of an assertion: 1 to 180.'),
      type: 'Number',
    },
    ...(isSalesforce ? [] : oauthSettings),
  ];
}

const oauthSettings: readonly ApexSetting[] = [
  text('Scope', 'Scope', 'The scope parameter of the token request, if the server wants one.', false),
  {
    ...text('Additional_Claims', 'Additional Claims', 'More claims of the assertion, as a JSON object.', false),
    type: 'LongTextArea',
  },
];

/**
 * The value of each setting; undefined for one that is not configured.
 *
 * @throws refusedValue for a value that neither a field nor the flow would take
 */
export function settingValues(
  settings: ApexClient['settings'],
  grant: Grant,
  certificate: string,
): Readonly<Record<string, string | undefined>> {
  const values = {
    baseUrl: grant.baseUrl,
    tokenEndpoint: grant.tokenEndpoint,
    audience: grant.audience,
    issuer: grant.issuer,
    username: grant.subject,
    certificateName: certificate,
    validitySeconds: String(validitySeconds),
    scope: grant.scope === undefined ? undefined : claimText('token scope', grant.scope),
    additionalClaims: claimsText(grant),
  };
  if (settings === 'custom-metadata') refuseLong(values);
  return values;
}

function claimsText({ claims }: Grant): string | undefined {
  if (!claims || Object.keys(claims).length === 0) return undefined;
  const json = JSON.stringify(additionalClaims('claim', claims));
  if (json.length > maxClaims) {
    throw refused('claim', json.slice(0, 40), `all claims as JSON have at most ${maxClaims} characters`);
  }
  return json;
}

const fieldNames = { baseUrl: 'base URL', tokenEndpoint: 'token endpoint', issuer: 'consumer key' } as const;

/** Claim texts are short enough by their own rule; URLs and consumer keys may be longer. */
function refuseLong(values: Readonly<Record<keyof typeof fieldNames, string>>): void {
  for (const name of ['baseUrl', 'tokenEndpoint', 'issuer'] as const) {
    if (values[name].length > maxText) {
      throw refused(
        fieldNames[name],
        values[name],
        `a field of Custom Metadata has at most ${maxText} characters; settings in the class itself (inline) may be longer`,
      );
    }
  }
}

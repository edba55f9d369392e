import type { ApexClient, OrgClient, Server } from '../config/connection.js';
import { maxClaims, settingsFor, type ApexSetting } from './apex-settings.js';
import { inFolder, type CatalogRow } from './catalog.js';
import { webUrl } from './names.js';

const client = { side: 'client' } as const;

const fieldLength = { Text: '255', LongTextArea: String(maxClaims), Number: '' } as const;

/** How the token provider and its test name a setting: the values of `settingPaths`. */
const settingNeeds = [
  ...['tokenEndpointSetting', 'audienceSetting', 'issuerSetting', 'usernameSetting', 'certificateNameSetting'],
  ...['baseUrlSetting', 'scopeSetting', 'additionalClaimsSetting', 'isSalesforce', 'settingsType', 'cachePartition'],
] as const;

/** What the tests of all classes read that make callouts. */
const calloutNeeds = ['tokenProvider', 'settingsType', 'namedCredential'] as const;

/** The Apex of a client org, with what it needs to run: settings and remote sites. */
export function apexRows(orgClient: OrgClient, server: Server): readonly CatalogRow[] {
  return [
    ...(orgClient.type === 'apex' ? providerRows(orgClient, server) : []),
    ...apexClass('apiClient', 'apex/client.hbs', [
      ...['apiClient', 'apiClientTest', 'tokenProvider', 'namedCredential', 'isSalesforce', 'apiVersion'],
      ...['queueable', 'job'],
    ]),
    ...apexClass('apiClientTest', 'apex/client-test.hbs', [
      ...[...calloutNeeds, 'apiClient', 'apiClientTest', 'isSalesforce', 'apiVersion', 'cachePartition'],
    ]),
    ...(orgClient.invocable ? invocableRows : []),
    ...(orgClient.queueable ? queueableRows : []),
  ];
}

function providerRows({ settings }: ApexClient, server: Server): readonly CatalogRow[] {
  const classes = ['tokenProvider', 'tokenProviderTest'] as const;
  return [
    ...remoteSites(server),
    ...(settings === 'custom-metadata' ? settingsRows(server) : []),
    ...apexClass('tokenProvider', 'apex/token-provider.hbs', [
      ...[...classes, ...settingNeeds, 'apiClient', 'constants', 'settingFields', 'requiredFields', 'settingsObject'],
    ]),
    ...apexClass('tokenProviderTest', 'apex/token-provider-test.hbs', [
      ...[...classes, ...settingNeeds, 'certificateName', 'requiredFields'],
    ]),
  ];
}

const invocableRows = [
  ...apexClass('flowAction', 'apex/flow-action.hbs', [
    ...['flowAction', 'flowActionTest', 'apiClient', 'classPrefix', 'calloutPermissionSet'],
  ]),
  ...apexClass('flowActionTest', 'apex/flow-action-test.hbs', [...calloutNeeds, 'flowAction', 'flowActionTest']),
];

const queueableRows = [
  ...apexClass('job', 'apex/job.hbs', ['job', 'jobTest', 'apiClient']),
  ...apexClass('jobTest', 'apex/job-test.hbs', [...calloutNeeds, 'job', 'jobTest', 'apiClient']),
];

/** An Apex class is two files: its source, and what the org is told about it. */
function apexClass(named: string, template: string, needs: readonly string[]): readonly CatalogRow[] {
  const component = { ...client, type: 'ApexClass', named } as const;
  const meta = inFolder('classes', 'cls-meta.xml');
  return [
    { ...component, path: inFolder('classes', 'cls'), template, needs },
    { ...component, path: meta, template: 'metadata/apex-class.hbs', needs: ['apiVersion'] },
  ];
}

/**
 * Apex calls only hosts that are remote sites: by origin, so a port counts and a path does not (Apex Developer Guide,
 * "Adding Remote Site Settings"). A host that a server redirects to would need one too, but Apex follows no redirects.
 */
function remoteSites(server: Server): readonly CatalogRow[] {
  const api: CatalogRow = {
    ...client,
    type: 'RemoteSiteSetting',
    named: 'classPrefix',
    nameSuffix: 'Api',
    path: inFolder('remoteSiteSettings', 'remoteSite-meta.xml'),
    template: 'metadata/remote-site.hbs',
    needs: ['apiClient', 'siteUrl', 'allowsHttp', 'settingsType', 'settingsObject'],
  };
  if (server.type === 'salesforce') return [api];
  const origin = new URL(webUrl('token endpoint', server.tokenEndpoint)).origin;
  if (origin === new URL(webUrl('base URL', server.baseUrl)).origin) return [api];
  return [{ ...api, nameSuffix: 'TokenEndpoint', values: siteValues(origin) }, api];
}

/** What a remote site is told of an origin. */
export function siteValues(origin: string): { readonly siteUrl: string; readonly allowsHttp: boolean } {
  return { siteUrl: origin, allowsHttp: origin.startsWith('http:') };
}

/** A Custom Metadata Type, a file for each of its fields, and the record. */
function settingsRows(server: Server): readonly CatalogRow[] {
  const type = { ...client, type: 'CustomObject', named: 'settingsType' } as const;
  const record: CatalogRow = {
    ...client,
    type: 'CustomMetadata',
    named: 'settingsObject',
    nameSuffix: '.Default',
    path: inFolder('customMetadata', 'md-meta.xml'),
    template: 'metadata/custom-metadata.hbs',
    needs: ['recordValues'],
  };
  return [
    {
      ...type,
      path: (fullName) => `objects/${fullName}/${fullName}.object-meta.xml`,
      template: 'metadata/custom-object.hbs',
      needs: ['settingsLabel', 'tokenProvider'],
    },
    ...settingsFor(server).map((setting) => fieldRow(type, setting)),
    record,
  ];
}

type FieldOwner = Pick<CatalogRow, 'side' | 'type' | 'named'>;

/** Fields are files of their own in source format, and part of their object in an org. */
function fieldRow(owner: FieldOwner, { field, label, description, type, isRequired }: ApexSetting): CatalogRow {
  return {
    ...owner,
    path: (fullName) => `objects/${fullName}/fields/${field}.field-meta.xml`,
    template: 'metadata/custom-field.hbs',
    needs: ['field', 'fieldLabel', 'fieldDescription', 'fieldLength', 'isLongText', 'isNumber', 'isRequired'],
    values: {
      field,
      fieldLabel: label,
      fieldDescription: description,
      fieldLength: fieldLength[type],
      isLongText: type === 'LongTextArea',
      isNumber: type === 'Number',
      isRequired,
    },
  };
}

import type { ApexClient, Connection, OrgClient } from '../config/connection.js';
import { siteValues } from './apex-catalog.js';
import { settingsFor, settingValues } from './apex-settings.js';
import type { Grant } from './grant.js';
import { cachePartition, classPrefix, developerName } from './names.js';
import type { TemplateValues } from './render.js';

/** What names the generated classes and their settings. @throws refusedValue */
export function apexNames({ classPrefix: given }: OrgClient): TemplateValues {
  const prefix = classPrefix('class prefix', given);
  return {
    classPrefix: prefix,
    tokenProvider: `${prefix}TokenProvider`,
    tokenProviderTest: `${prefix}TokenProviderTest`,
    apiClient: `${prefix}Client`,
    apiClientTest: `${prefix}ClientTest`,
    flowAction: `${prefix}FlowAction`,
    flowActionTest: `${prefix}FlowActionTest`,
    job: `${prefix}Job`,
    jobTest: `${prefix}JobTest`,
    settingsObject: `${prefix}Settings`,
    settingsType: `${prefix}Settings__mdt`,
  };
}

/** What the templates of Apex and its settings read, besides the names. @throws refusedValue */
export function apexValues({ server, certificate }: Connection, client: OrgClient, grant: Grant): TemplateValues {
  const shared = {
    isSalesforce: server.type === 'salesforce',
    queueable: client.queueable,
    namedCredential: '',
    calloutPermissionSet: '',
  };
  if (client.type !== 'apex') {
    return {
      ...shared,
      settingsType: '',
      cachePartition: '',
      namedCredential: developerName('named credential', client.namedCredential),
    };
  }
  const isInline = client.settings === 'inline';
  const values = settingValues(client.settings, grant, certificate.name);
  const settings = settingsFor(server);
  const configured = settings.filter(({ name }) => values[name] !== undefined);
  return {
    ...shared,
    ...settingPaths(client, isInline ? configured : settings),
    ...(isInline ? { settingsType: '' } : {}),
    cachePartition: client.cachePartition ? cachePartition('cache partition', client.cachePartition) : '',
    ...fieldLists(settings),
    settingsLabel: `${client.classPrefix.replaceAll('_', ' ')} Settings`,
    constants: configured
      .filter(({ type }) => type !== 'Number')
      .map(({ constant, description, name }) => ({ name: constant, description, value: values[name] ?? '' })),
    recordValues: settings.map(({ field, type, name }) => ({
      field,
      value: type === 'Number' ? `${values[name] ?? ''}.0` : (values[name] ?? ''),
      isNumber: type === 'Number',
      isEmpty: values[name] === undefined,
    })),
    ...siteValues(new URL(grant.baseUrl).origin),
  };
}

/** The fields that Apex reads, and those among them that no record leaves empty. */
function fieldLists(settings: ReturnType<typeof settingsFor>): TemplateValues {
  const listed = (of: typeof settings) => of.map(({ field }, index) => ({ field, isLast: index === of.length - 1 }));
  return { settingFields: listed(settings), requiredFields: listed(settings.filter(({ isRequired }) => isRequired)) };
}

/** How Apex names each setting; empty for one that is neither a field nor a constant. */
function settingPaths({ settings }: ApexClient, present: ReturnType<typeof settingsFor>): TemplateValues {
  const paths = present.map(({ name, field, constant }): [string, string] => [
    `${name}Setting`,
    settings === 'inline' ? constant : `settings.${field}`,
  ]);
  return { scopeSetting: '', additionalClaimsSetting: '', ...Object.fromEntries(paths) };
}

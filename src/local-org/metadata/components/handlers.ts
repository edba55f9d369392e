import { permissionSetGroup, profile } from './access.js';
import { apexClass } from './apex-class.js';
import { apexTrigger } from './apex-trigger.js';
import { cachePartition } from './cache-partition.js';
import { certificate } from './certificate.js';
import { connectedApp } from './connected-app.js';
import { customField } from './custom-field.js';
import { customMetadata } from './custom-metadata.js';
import { customObject } from './custom-object.js';
import {
  appPart,
  externalClientApplication,
  globalOauthSettings,
  oauthPolicies,
  oauthSettings,
} from './external-client-app.js';
import { externalCredential } from './external-credential.js';
import { addToRecords, removeFromRecords } from './field-in-records.js';
import type { ComponentHandler } from './handler.js';
import { namedCredential } from './named-credential.js';
import { permissionSet } from './permission-set.js';
import { remoteSite } from './remote-site.js';
import { settings } from './settings.js';
import { staticResource } from './static-resource.js';

/** The types that are more than their XML. All others are kept as they come. */
const handlers = new Map<string, ComponentHandler>(
  Object.entries({
    ApexClass: apexClass,
    ApexTrigger: apexTrigger,
    Certificate: certificate,
    ConnectedApp: connectedApp,
    CustomField: { ...customField, mirror: addToRecords, remove: removeFromRecords },
    CustomMetadata: customMetadata,
    CustomObject: customObject,
    ExternalClientApplication: externalClientApplication,
    ExternalCredential: externalCredential,
    ExtlClntAppConfigurablePolicies: appPart,
    ExtlClntAppGlobalOauthSettings: globalOauthSettings,
    ExtlClntAppOauthConfigurablePolicies: oauthPolicies,
    ExtlClntAppOauthSecuritySettings: appPart,
    ExtlClntAppOauthSettings: oauthSettings,
    NamedCredential: namedCredential,
    PermissionSet: permissionSet,
    PermissionSetGroup: permissionSetGroup,
    PlatformCachePartition: cachePartition,
    Profile: profile,
    RemoteSiteSetting: remoteSite,
    Settings: settings,
    StaticResource: staticResource,
  }),
);

/** What is special about a type: nothing for most. */
export function handlerOf(type: string): ComponentHandler {
  return handlers.get(type) ?? {};
}

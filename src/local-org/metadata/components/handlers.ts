import { apexClass } from './apex-class.js';
import { certificate } from './certificate.js';
import { connectedApp } from './connected-app.js';
import {
  appPart,
  externalClientApplication,
  globalOauthSettings,
  oauthPolicies,
  oauthSettings,
} from './external-client-app.js';
import type { ComponentHandler } from './handler.js';
import { permissionSet } from './permission-set.js';
import { remoteSite } from './remote-site.js';

/** The types that are more than their XML. All others are kept as they come. */
const handlers: Readonly<Record<string, ComponentHandler>> = {
  ApexClass: apexClass,
  Certificate: certificate,
  ConnectedApp: connectedApp,
  ExternalClientApplication: externalClientApplication,
  ExtlClntAppConfigurablePolicies: appPart,
  ExtlClntAppGlobalOauthSettings: globalOauthSettings,
  ExtlClntAppOauthConfigurablePolicies: oauthPolicies,
  ExtlClntAppOauthSecuritySettings: appPart,
  ExtlClntAppOauthSettings: oauthSettings,
  PermissionSet: permissionSet,
  RemoteSiteSetting: remoteSite,
};

/** What is special about a type: nothing for most. */
export function handlerOf(type: string): ComponentHandler {
  return handlers[type] ?? {};
}

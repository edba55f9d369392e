import { Messages } from '@salesforce/core';
import type { Connection } from '../config/connection.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'generate-client');

/** Winter '27. What came later is not known here, and an org refuses a version that it does not have. */
const newestKnownVersion = 68;

/** What somebody should know of what was generated, and no org has been asked about. */
export const generationWarnings = ({ apiVersion, client }: Connection): readonly string[] => [
  ...(Number(apiVersion) > newestKnownVersion
    ? [messages.getMessage('newVersion', [apiVersion, `${newestKnownVersion}.0`])]
    : []),
  ...(client.type === 'legacy-named-credential' ? [messages.getMessage('legacyDeprecated')] : []),
];

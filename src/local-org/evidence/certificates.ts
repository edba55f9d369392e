import type { EvidenceArea } from './behaviour.js';

/** Certificates of an org that are deployed. */
export const certificateEvidence: EvidenceArea = {
  title: 'Certificates',
  behaviours: [
    {
      does: 'Makes a key pair of its own for a deployed Certificate, whatever content came with it.',
      grade: 'seen',
      source:
        'forcedotcom/cli#3025; no private key goes in or out through the Metadata API (Metadata API Developer Guide, Certificate)',
    },
    {
      does: 'Puts name, org id, Salesforce.com and San Francisco into the subject.',
      grade: 'seen',
      source: 'forcedotcom/cli#3025, and certificates of orgs in public repositories',
    },
    {
      does: 'Keeps the pair when the certificate is deployed again, and makes a new one where the same deploy deletes it first.',
      grade: 'assumed',
      source: 'A new pair at each deploy would break all that use it; nothing was found about it',
    },
    {
      does: 'Lets a self-signed certificate last one year with 2048 bits and two with 4096.',
      grade: 'documented',
      source: 'Salesforce Help, certificates and keys',
    },
    {
      does: 'Gives back the certificate and its `expirationDate` in a retrieve.',
      grade: 'assumed',
      source:
        'Flow-Scanner (`setup-jwt.js`) takes the certificate for its app from there; no place is at hand that shows it',
    },
    {
      does: 'Refuses a label of more than 64 characters.',
      says: ['Label: data value too large (max length=64)'],
      grade: 'assumed',
      source: 'Metadata API Developer Guide, Certificate, for the size; the form of the text is that of other values',
    },
    {
      does: 'Refuses key sizes other than 2048 and 4096, but for an imported key.',
      says: ['Key size must be 2048 or 4096'],
      grade: 'assumed',
      source: 'Metadata API Developer Guide, Certificate, for the sizes; the text is ours',
    },
    {
      does: 'Makes no certificates for a CA to sign.',
      says: ['A local org makes self-signed certificates only: set caSigned to false'],
      grade: 'own',
      source: 'Orgs give out a signing request for them',
    },
    {
      does: 'Refuses to delete a certificate that an identity provider or a credential uses.',
      says: ['The certificate {} is in use and cannot be deleted: {}'],
      grade: 'assumed',
      source:
        'amtrack/sfdx-browserforce-plugin releases that of an identity provider first; of credentials, and the words, nothing was found',
    },
    {
      does: 'Asks an enabled identity provider for a certificate that is there.',
      grade: 'documented',
      source: 'Metadata API Developer Guide, IdentityProviderSettings',
    },
    {
      does: 'Refuses assertions of an app whose certificate has expired, unless the setting for it is off.',
      grade: 'assumed',
      source:
        'Salesforce Help says that expired certificates are refused, people of Salesforce are quoted that they are not: a setting decides',
    },
  ],
};

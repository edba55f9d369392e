import { refusals } from '../setup-pages/import-refusal.js';
import type { EvidenceArea } from './behaviour.js';

const importHelp =
  'Salesforce Help, export and import certificates with a keystore (xcloud.security_keys_export_import_certs_with_a_keystore)';

/** The pages for a keystore, and the session of a browser. */
export const setupPageEvidence: EvidenceArea = {
  title: 'Setup pages',
  behaviours: [
    {
      does: 'Has the page for the import of a JKS at `/_ui/security/certificate/KeyStoreImportUi/e`, with inputs for file and password and a button `save`.',
      says: ['Import from Keystore', '{} Java keystore (JKS) Keystore password'],
      grade: 'seen',
      source: 'amtrack/sfdx-browserforce-plugin drives that page of orgs; the wording of the labels is ours',
    },
    {
      does: 'Refuses imports into an org without a certificate and without an identity provider.',
      says: [refusals.dataNotAvailable],
      grade: 'seen',
      source:
        'Salesforce Stack Exchange 61618, amtrack/sfdx-browserforce-plugin; that either of the two is enough is assumed',
    },
    {
      does: 'Refuses keystores without a private key, keys that are not RSA, no PKCS#8 or of another size, and chains that do not fit.',
      says: [refusals.noPrivateKey, refusals.notRsa, refusals.notPkcs8, refusals.keySize, refusals.chainDiffers],
      grade: 'documented',
      source: importHelp,
    },
    {
      does: 'Refuses a key whose password is not that of the store.',
      says: [refusals.keyPasswordDiffers('{}')],
      grade: 'documented',
      source: 'Salesforce Help, article 000387714',
    },
    {
      does: 'Refuses a wrong password.',
      says: [refusals.passwordWrong],
      grade: 'assumed',
      source: 'Java says so of such a store; that Salesforce passes it on is a guess',
    },
    {
      does: 'Refuses other formats than JKS, what is damaged, too large or no file, and a name that is there.',
      says: [
        refusals.notJks,
        refusals.damaged,
        refusals.fileMissing,
        refusals.fileTooLarge,
        refusals.nameTaken('{}'),
        refusals.formUnreadable,
      ],
      grade: 'assumed',
      source: `${importHelp} asks for JKS; the texts are ours`,
    },
    {
      does: 'Names a certificate after its alias, in lower case.',
      grade: 'seen',
      source: 'amtrack/sfdx-browserforce-plugin renames certificates after the import for that reason',
    },
    {
      does: 'Imports all keys of a store, or none.',
      grade: 'assumed',
      source: 'Salesforce Help speaks of one or more keys; not of a store that is good in part',
    },
    {
      does: 'Takes certificates that have expired.',
      grade: 'assumed',
      source: `${importHelp} does not name it among the reasons for a refusal`,
    },
    {
      does: 'Answers the import with the page of the certificate, and a refusal with the form, both in the manner of Setup.',
      says: [
        'Data Not Available',
        'Unique Name',
        'Key Size',
        'Expiration Date',
        'SHA-256 Fingerprint',
        'Certificate {}',
      ],
      grade: 'assumed',
      source: 'Labels follow those of Setup; the fingerprint is an addition',
    },
    {
      does: 'Refuses a form that another site sent.',
      says: ['This form was sent by another site.'],
      grade: 'own',
      source: 'Salesforce has a token in each form for it',
    },
    {
      does: 'Refuses users who are no administrators.',
      says: [
        'Insufficient Privileges',
        'You do not have the level of access necessary to perform the operation you requested.',
      ],
      grade: 'seen',
      source: 'Salesforce Help, insufficient privileges errors, quotes heading and text',
    },
    {
      does: 'Has no login form: it says how to open the org with the CLI.',
      says: ['Open this org with the Salesforce CLI: SF_DOMAIN_RETRY=0 sf org open --target-org {}{}', 'Local org {}'],
      grade: 'own',
      source: 'A local org has no passwords',
    },
    {
      does: 'Opens a browser session at `/secur/frontdoor.jsp` for a code (`otp`) or a session id (`sid`), and goes on to a path of its own.',
      grade: 'documented',
      source: 'Salesforce Help, frontdoor.jsp',
    },
  ],
};

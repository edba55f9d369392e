import type { EvidenceArea } from './behaviour.js';

const guide = 'Metadata API Developer Guide';

/** What comes back from an org. */
export const retrieveEvidence: EvidenceArea = {
  title: 'Metadata API: retrieve and read',
  behaviours: [
    {
      does: 'Tells in a message what is not there, and succeeds.',
      says: ["Entity of type '{}' named '{}' cannot be found"],
      grade: 'seen',
      source: 'forcedotcom/cli#7, forcedotcom/cli#2959',
    },
    {
      does: 'Tells in a message which types it does not know.',
      says: ["Entity type: '{}' is unknown"],
      grade: 'seen',
      source: 'solenopsis/Solenopsis#266',
    },
    {
      does: 'Has no packages.',
      says: ['Package not found: {}'],
      grade: 'assumed',
      source: 'celador/ForceCode#98 has "Package Not Found"; its words in an answer were not found',
    },
    {
      does: 'Refuses a retrieve of nothing with `INVALID_CROSS_REFERENCE_KEY`.',
      says: ['No packages or unpackaged specified'],
      grade: 'assumed',
      source: 'No words of an org were found',
    },
    {
      does: 'Refuses a manifest that it cannot read with `INVALID_OPERATION`.',
      grade: 'assumed',
      source: 'No words of an org were found',
    },
    {
      does: 'Leaves out the certificate and the secret of an External Client App.',
      grade: 'assumed',
      source:
        'Tools that retrieve global OAuth settings get neither, and send the certificate anew with each deploy; no place is at hand that shows it',
    },
    {
      does: 'Leaves out the secret of a Connected App, and gives its consumer key.',
      grade: 'documented',
      source: `${guide}, ConnectedApp; fransflippo/sfdx-ci-plugin reads the key with readMetadata()`,
    },
    {
      does: 'Gives elements back in the order of their type, and accesses of permission sets and profiles by what they are to, whatever the order in the file was.',
      grade: 'seen',
      source: 'Retrieved files in public repositories; the order is that of `@salesforce/types`',
    },
    {
      does: 'Adds what a file leaves out and orgs have a default for: of certificates, apps, Named Credentials and permission sets.',
      grade: 'documented',
      source: `${guide}, the pages of these types; other types come back as they were deployed`,
    },
    {
      does: 'Writes XML with a declaration, four spaces a level and a line feed at the end.',
      grade: 'assumed',
      source: 'Retrieved files in public repositories; no place is at hand that shows it',
    },
    {
      does: 'Puts files into a folder `unpackaged`, unless one package is asked for.',
      grade: 'documented',
      source: `${guide}, RetrieveRequest`,
    },
    {
      does: 'Adds a package.xml with types and members in order.',
      grade: 'seen',
      source: 'forcedotcom/source-deploy-retrieve reads it from each package',
    },
    {
      does: 'Puts fields into the file of their object, and labels, rules and the like into theirs.',
      grade: 'documented',
      source: `${guide}, CustomObject, CustomLabels, Workflow; the types are those of the registry of SDR`,
    },
    {
      does: 'Takes a wildcard for all components of a type, but for standard objects, parts of objects, and what is in folders.',
      grade: 'documented',
      source: `${guide}, sample package.xml manifest files`,
    },
    {
      does: 'Names a folder in package.xml under the type of what is in it.',
      grade: 'documented',
      source: `${guide}, Report, Dashboard, Document, EmailTemplate`,
    },
    {
      does: 'Says that the administrator made everything.',
      grade: 'own',
      source: 'A local org does not keep who deployed what',
    },
    {
      does: 'Keeps the last 20 retrieves until they are fetched.',
      grade: 'own',
      source: 'They are held in memory',
    },
    {
      does: 'Answers readMetadata() in the order asked for, with nil for what is not there.',
      grade: 'documented',
      source: `${guide}, readMetadata(); jsforce expects it`,
    },
  ],
};

import type { EvidenceArea } from './behaviour.js';

const guide = 'Metadata API Developer Guide';
const ours = 'That such zips are refused is plain; no words of an org were found';

/** Zips, package.xml, destructive changes. */
export const deployPackageEvidence: EvidenceArea = {
  title: 'Metadata API: packages',
  behaviours: [
    {
      does: 'Refuses a zip above 39 MB.',
      says: ['Maximum size of request reached. Maximum size of request is {} bytes'],
      grade: 'seen',
      source: `solenopsis/Solenopsis#254, where the number is that of the request; ${guide}, deploy(), for the 39 MB`,
    },
    {
      does: 'Refuses more than 10,000 files.',
      says: ['Maximum number of files reached: a zip file has at most {}'],
      grade: 'assumed',
      source: `${guide}, deploy(), for the limit; the text is ours`,
    },
    {
      does: 'Refuses files of more than 200 MB in all.',
      says: ['The unzipped files are too large'],
      grade: 'own',
      source: `${guide}, deploy(), allows about 600 MB; a local org unzips in memory`,
    },
    {
      does: 'Refuses what is no zip, one that is damaged, encrypted or Zip64, and one whose entries lie over one another or are not all in its directory.',
      says: [
        'The zip file cannot be read: it is not a zip file',
        'The zip file cannot be read: it is damaged',
        'The zip file cannot be read: it is encrypted',
        'The zip file cannot be read: it is a Zip64 file',
        'The zip file cannot be read: its files are not deflated',
      ],
      grade: 'assumed',
      source: ours,
    },
    {
      does: 'Refuses files with a name that is there twice, whatever its case, is no name, or leads out of the zip, and links.',
      says: [
        'The zip file holds {} twice',
        'The zip file holds a file and a folder of one name: {}',
        'The zip file holds a file with a bad name: {}',
        'The zip file holds a file whose name is no UTF-8',
        'The zip file holds a path that leads out of it: {}',
        'The zip file holds what is no file: {}',
      ],
      grade: 'assumed',
      source: ours,
    },
    {
      does: 'Fails a deploy whose zip cannot be read with one failure of package.xml, and with `errorMessage` and `UNKNOWN_EXCEPTION`.',
      grade: 'assumed',
      source: 'The CLI prints failures of components, but no bare `errorMessage`; so there are both',
    },
    {
      does: 'Refuses a package without package.xml: a failure without a type, named package.xml.',
      says: ['No package.xml found'],
      grade: 'seen',
      source: 'forcedotcom/CustomMetadataLoader#34, jsforce/gulp-jsforce-deploy#7',
    },
    {
      does: 'Takes each folder at the top of a zip for a package, unless it is one package.',
      grade: 'seen',
      source: 'jsforce/gulp-jsforce-deploy#7: without a folder each directory is taken for a package',
    },
    {
      does: 'Refuses a member of package.xml that is not in the zip, unless missing files are allowed.',
      says: ["An object '{}' of type {} was named in package.xml, but was not found in zipped directory"],
      grade: 'seen',
      source: 'forcedotcom/cli#2182, amtrack/force-dev-tool#133',
    },
    {
      does: 'Refuses a file of the zip that package.xml does not name.',
      says: ['Not in package.xml'],
      grade: 'seen',
      source: 'forcedotcom/cli#3012, of parts of objects; orgs may pass over whole files',
    },
    {
      does: 'Refuses types that it does not keep: experience sites, territories, and those that the registry of SDR does not know.',
      says: ["Unknown type name '{}' specified in package.xml. A local org keeps only the types that it describes."],
      grade: 'own',
      source: 'The first sentence is that of orgs about types that nobody knows; the second says whose limit it is',
    },
    {
      does: 'Takes all other types: judged by their elements, kept, given back and deleted, without effect on anything else.',
      grade: 'own',
      source: 'Types and elements are data of `@salesforce/source-deploy-retrieve` and `@salesforce/types`',
    },
    {
      does: 'Refuses a package.xml of a version that it does not have, or of none.',
      says: ['Invalid version specified:{}', 'No version specified'],
      grade: 'seen',
      source: 'forcedotcom/cli#27, forcedotcom/cli#3046; RoseSilverSoftware/IlluminatedCloud#275',
    },
    {
      does: 'Refuses a package.xml with another root element, or with a group without a name.',
      says: ['Error parsing file: Unknown element {}', 'Required field is missing: name'],
      grade: 'assumed',
      source: 'The forms of the texts are those of other files',
    },
    {
      does: 'Reads destructiveChanges.xml and destructiveChangesPre.xml before, destructiveChangesPost.xml after the other changes.',
      grade: 'documented',
      source: `${guide}, deleting components from an organization`,
    },
    {
      does: 'Warns of a deletion of what is not there.',
      says: ['No {} named: {} found'],
      grade: 'seen',
      source: 'SDR (`@salesforce/source-deploy-retrieve`) reads the name of the component out of this text',
    },
    {
      does: 'Fails a deploy for a warning, unless `ignoreWarnings` is true.',
      grade: 'seen',
      source: `${guide}, DeployOptions; forcedotcom/cli#2559, of a deletion of what is not there`,
    },
    {
      does: 'Keeps nothing of a deploy that fails, where `rollbackOnError` is true.',
      grade: 'documented',
      source: `${guide}, DeployOptions`,
    },
    {
      does: 'Takes components in an order in which each finds what it names.',
      grade: 'documented',
      source: `${guide}, deploy(): components of one deploy may depend on one another`,
    },
    {
      does: 'Lists package.xml among the successes, and does not count it.',
      grade: 'seen',
      source: 'forcedotcom/source-deploy-retrieve and the CLI leave that message out of what they show',
    },
  ],
};

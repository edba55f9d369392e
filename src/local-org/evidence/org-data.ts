import type { EvidenceArea } from './behaviour.js';

/** What a new org has, its ids and its state. */
export const orgDataEvidence: EvidenceArea = {
  title: 'Data of an org',
  behaviours: [
    {
      does: 'Is a Developer Edition org, no sandbox, with two users: an administrator, and one with minimum access.',
      grade: 'own',
      source: 'As much as a connection needs; names of profiles are those of orgs',
    },
    {
      does: 'Has a permission set for each profile, whose name begins with `X00e`.',
      grade: 'documented',
      source: 'Object Reference, PermissionSet, IsOwnedByProfile',
    },
    {
      does: 'Makes ids of a key prefix, 12 characters and a checksum.',
      grade: 'documented',
      source: 'Salesforce Help, 18 character record ids',
    },
    {
      does: 'Gives rows the key prefixes of orgs.',
      grade: 'documented',
      source: 'Object Reference; standard field record id prefixes (Salesforce Help)',
    },
    {
      does: 'Gives the settings and policies of External Client Apps key prefixes of their own.',
      grade: 'assumed',
      source: 'Only `888` is seen, in retrieved `oauthLink`s',
    },
    {
      does: 'Mirrors deployed permission sets, classes, certificates, apps and cache partitions as rows.',
      grade: 'seen',
      source: 'Queries of public tools find them (salesforce/sf-pi, amtrack/sfdx-browserforce-plugin)',
    },
    {
      does: 'Writes moments as `2026-11-23T20:07:37.000+0000`.',
      grade: 'documented',
      source: 'REST API Developer Guide, valid date and dateTime formats',
    },
    {
      does: 'Takes a name in any case for the same.',
      grade: 'assumed',
      source:
        'Developer names and usernames of Salesforce are unique without regard to case; no place is at hand that shows it',
    },
    {
      does: 'Has everything on disk before it answers, where it keeps its state, and acknowledges nothing where that fails.',
      says: ['A local org could not write its state ({}): what was changed last may be lost.'],
      grade: 'own',
      source: 'Nothing that was acknowledged is lost when the process ends',
    },
    {
      does: 'Keeps a hundred sessions of a user, and ends the one that was used longest ago for a new one.',
      grade: 'own',
      source: 'Memory stays flat, however often a client logs in',
    },
    {
      does: 'Remembers the last 200 deploys that are done, 128 MiB of zips of validations, and the last 20 retrieves, also over a restart.',
      grade: 'own',
      source: 'Memory stays flat, however much is deployed',
    },
    {
      does: 'Goes on with the deploys that waited or ran when it ended, at the first request after its start.',
      grade: 'own',
      source: 'An id that a client was given is good for as long as its org is',
    },
    {
      does: 'Runs a deploy that waited long enough with the next request of any kind; lets 20 of them and 128 MiB of zips wait, and runs the oldest beyond that.',
      grade: 'own',
      source: 'A deploy runs whether or not anybody polls for it, and memory stays flat',
    },
    {
      does: 'Tells that it could not save, or failed in another way, in the form of the API that was asked: a SOAP fault or a REST error with `UNKNOWN_EXCEPTION`, `unknown_error` of OAuth.',
      grade: 'own',
      source: 'Clients read refusals of the API that they ask, and of no other',
    },
  ],
};

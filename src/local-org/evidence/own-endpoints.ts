import type { EvidenceArea } from './behaviour.js';

/** What no org has: it says that it is a local one, and calls out. */
export const ownEndpointEvidence: EvidenceArea = {
  title: 'Endpoints of its own',
  behaviours: [
    {
      does: 'Says at `/_local` that it is a local org, and that it executes no Apex.',
      grade: 'own',
      source: 'So that no client takes it for a real one',
    },
    {
      does: 'Is served through plain HTTP, or with `--https` through TLS with a self-signed certificate for this machine alone.',
      grade: 'own',
      source: 'Orgs are served through TLS only, with certificates that every client trusts',
    },
    {
      does: 'Runs the flow of generated Apex at `/_local/jwt-bearer`, for administrators, and never answers with a token; others get `INSUFFICIENT_ACCESS`.',
      says: ['Only an administrator may do this.'],
      grade: 'own',
      source: 'It signs with a key of the org',
    },
    {
      does: 'Notes at `/_local/oauth-approvals` that a user approved an app; users do so for themselves, administrators for all.',
      says: ['No app of this org has this "consumerKey".', 'No user of this org has this "username".'],
      grade: 'own',
      source: 'It has no approval page for browsers',
    },
    {
      does: 'Makes a callout through a Named Credential at `/_local/named-credential`, for the user of the session.',
      grade: 'own',
      source: 'What Apex would do with `callout:`',
    },
    {
      does: 'Refuses requests to these endpoints that it cannot read with `INVALID_INPUT`.',
      says: [
        'The request needs "{}", a text.',
        'The request needs "validitySeconds", a number of seconds above 0.',
        'The request needs a "method" of these: {}.',
        'The request needs a "path" that begins with a slash.',
        'The "claims" of the request must be an object.',
        'The claim "{}" is set by other members of the request.',
        'A local org calls {} on this machine only.',
      ],
      grade: 'own',
      source:
        'Claims that `Auth.JWT` sets are refused as `setAdditionalClaims` refuses them (Apex Reference Guide, Auth.JWT)',
    },
  ],
};

import type { EvidenceArea } from './behaviour.js';

const guide = 'Metadata API Developer Guide';
const noWords = 'no words of an org were found';

/** Connected Apps and External Client Apps as components. */
export const appComponentEvidence: EvidenceArea = {
  title: 'Metadata API: apps',
  behaviours: [
    {
      does: 'Makes a consumer key for an app that brings none: 85 characters, `3MVG9` first.',
      grade: 'seen',
      source: 'Keys in public retrieves; fransflippo/sfdx-ci-plugin and salesforce/sf-pi read the key after the deploy',
    },
    {
      does: 'Keeps the consumer key that it made when the app is deployed again without one.',
      grade: 'seen',
      source: 'salesforce/sf-pi and amtrack/sfdx-browserforce-plugin deploy so',
    },
    {
      does: 'Takes a consumer key that a new app brings.',
      grade: 'documented',
      source: `${guide}, ConnectedApp; of External Client Apps sources disagree (hardisgroupcom/sfdx-hardis presets one)`,
    },
    {
      does: 'Refuses a consumer key that any app has.',
      says: ['The consumer key is already taken'],
      grade: 'seen',
      source: 'forcedotcom/devops-center-feedback#256',
    },
    {
      does: 'Refuses another consumer key for an app that has one.',
      says: ['The consumer key cannot be changed'],
      grade: 'assumed',
      source: `${guide}, ConnectedApp, for the rule; some orgs say "You cannot provide a Consumer Key" (SFDO-Tooling/CumulusCI#2943)`,
    },
    {
      does: 'Refuses a consumer key of other characters or another length.',
      says: [
        'The consumer key must be alphanumeric and have 8 to 256 characters',
        'The consumer key must have 8 to 256 characters without spaces',
      ],
      grade: 'assumed',
      source: `${guide}, ConnectedApp, for the rule; ${noWords}`,
    },
    {
      does: 'Refuses a new Connected App, unless the switch for it is on.',
      says: [
        "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support.",
      ],
      grade: 'documented',
      source:
        'Salesforce Help, article 005228017 (since Spring ’26); whether an org refuses deploys as well depends on the org',
    },
    {
      does: 'Refuses permission sets of a Connected App that is not for approved users only.',
      says: ['permissionSetName can only be specified if isAdminApproved is true'],
      grade: 'assumed',
      source: `${guide}, ConnectedApp, for the rule; ${noWords}`,
    },
    {
      does: 'Refuses a permission set that an app names twice.',
      says: ['Duplicate permissionSetName: {}'],
      grade: 'assumed',
      source: `${guide}, ConnectedApp, for the rule; ${noWords}`,
    },
    {
      does: 'Refuses a permission set that there is not.',
      says: ['In field: {} - no PermissionSet named {} found'],
      grade: 'assumed',
      source: 'The form of the text is that of references (forcedotcom/cli#155)',
    },
    {
      does: 'Refuses an External Client App without a label or contact email, and global OAuth settings without a callback URL.',
      grade: 'assumed',
      source: `The WSDL has them optional, Setup asks for all three; ${noWords}`,
    },
    {
      does: 'Refuses an OAuth scope of an External Client App that there is not.',
      says: ['In field: commaSeparatedOauthScopes - no OAuth scope named {} found'],
      grade: 'assumed',
      source: `The names are those of ConnectedAppOauthAccessScope, and SFApiPlatform; ${noWords}`,
    },
    {
      does: 'Refuses a profile of an External Client App that there is not, and takes names and ids.',
      says: ['In field: commaSeparatedProfile - no Profile named {} found'],
      grade: 'assumed',
      source: 'The form of the text is that of references (forcedotcom/cli#155)',
    },
    {
      does: 'Takes API names and ids in `commaSeparatedPermissionSet`.',
      grade: 'seen',
      source: `${guide} says ids, its sample and salesforce/sf-pi have names`,
    },
    {
      does: 'Turns the JWT bearer flow on where an app has a certificate.',
      grade: 'documented',
      source:
        'Salesforce Help, configure the JWT flow of an External Client App (xcloud.meta_configure_oauth_jwt_flow_external_client_apps)',
    },
    {
      does: 'Takes a certificate as PEM, as its base64 body alone, and as the base64 of a whole PEM.',
      grade: 'seen',
      source: 'salesforce/sf-pi, hardisgroupcom/sfdx-hardis and Flow-Scanner deploy one form each',
    },
    {
      does: 'Refuses a certificate of more than 4 KB.',
      says: ['Certificate is too large: the maximum is 4 KB'],
      grade: 'assumed',
      source: `${guide}, ConnectedApp, for the limit; ${noWords}`,
    },
    {
      does: 'Refuses what is no X.509 certificate with an RSA key.',
      says: [
        'Invalid certificate: it holds a private key',
        'Invalid certificate: it is no X.509 certificate in PEM format',
        'Invalid certificate: its key is not an RSA key',
      ],
      grade: 'assumed',
      source: `Salesforce Help asks for RSA and X.509; ${noWords}`,
    },
    {
      does: 'Clears the certificate of an External Client App that is deployed again without one.',
      grade: 'assumed',
      source:
        'Tools that redeploy global OAuth settings met `invalid assertion` after it, and send the certificate each time; no place is at hand that shows it',
    },
    {
      does: 'Takes each part of an External Client App by the app that it names, whatever its own name.',
      grade: 'seen',
      source: 'salesforce/sf-pi and hardisgroupcom/sfdx-hardis name the parts differently',
    },
    {
      does: 'Refuses a part without its app.',
      says: ['In field: externalClientApplication - no ExternalClientApplication named {} found'],
      grade: 'assumed',
      source: 'The form of the text is that of references (forcedotcom/cli#155)',
    },
    {
      does: 'Refuses a second part of a type for one app.',
      says: ['The external client app {} has its {} already: {}'],
      grade: 'assumed',
      source: `Orgs make default policies of their own, and a second one fails; ${noWords}`,
    },
    {
      does: 'Refuses the OAuth link of another org.',
      says: ['The OAuth link belongs to another org: it can only be set when the distribution state is PACKAGED'],
      grade: 'assumed',
      source:
        'Tools strip `oauthLink`, since orgs answer with an error about the link and the state PACKAGED; its words are not public',
    },
    {
      does: 'Refuses an app of another org in `orgScopedExternalApp`, and sets its own.',
      says: ['In field: {} - the external client app belongs to another org'],
      grade: 'assumed',
      source: `${guide}: the value begins with the id of the org; ${noWords}`,
    },
    {
      does: 'Does not keep `shouldRotateConsumerKey` and `shouldRotateConsumerSecret`.',
      grade: 'assumed',
      source: 'They are requests to do something once; a local org rotates nothing',
    },
    {
      does: 'Deletes the parts of an External Client App with it.',
      grade: 'assumed',
      source: 'Setup deletes an app as a whole; of deploys nothing was found',
    },
  ],
};

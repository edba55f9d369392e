import type { Advice } from './advice.js';
import type { SourceGrade } from './catalogue-row.js';

export type InOrgFault = Advice & {
  readonly key: string;
  /** As people quote it; only the core of it is matched. */
  readonly text: string;
  readonly pattern: RegExp;
  /** Whether the same fault may be gone a few minutes later: an app that is not known yet hides behind it. */
  readonly mayBePropagation?: boolean;
  /** How the text is known; `ours` where this plugin words it. */
  readonly source: SourceGrade | 'ours';
};

export const deployClient = 'Deploy the client side of the connection again: sf jwt deploy --connection MY_CONNECTION';
const assignCalloutAccess =
  'Assign the permission set to the user who makes the callout: sf org assign permset --name MY_CALLOUT_PERMISSION_SET --target-org MY_CLIENT_ORG --on-behalf-of MY_CLIENT_USER';
const verifyAgain = 'Run the command again: sf jwt verify --connection MY_CONNECTION';
const setUpAgain = 'Run the setup again: sf jwt setup --connection MY_CONNECTION';
export const compareCredential =
  'Compare issuer, subject, audience and token endpoint in Setup > Named Credentials of the client org with what the server expects: sf org open --target-org MY_CLIENT_ORG';

/** What the platform says where a Named Credential got no token, often without any reason. */
export const exchangeFailure = /unable to complete the jwt token exchange/i;

/**
 * What a client org says when it cannot even ask for a token, or does not say what the server answered. Sources: Apex
 * Developer Guide (Anonymous Blocks, Invoking Callouts, Execution Governors), Salesforce Help (xcloud.nc_troubleshoot,
 * articles 000385708 and 000392650), Salesforce Stack Exchange (282513, 310834, 399168, 400540) and public projects.
 */
export const inOrgFaults: readonly InOrgFault[] = [
  {
    key: 'remote-site-missing',
    text: 'Unauthorized endpoint, please check Setup->Security->Remote site settings',
    pattern: /unauthorized endpoint/i,
    cause: 'the client org may not call the token endpoint: the remote site setting is missing or inactive',
    actions: [deployClient],
    source: 'seen',
  },
  {
    key: 'certificate-missing',
    text: 'Data Not Available',
    pattern: /data not available/i,
    cause: 'the client org does not have the certificate that shall sign',
    actions: [
      'Look for the certificate: sf data query --use-tooling-api --query "SELECT DeveloperName, ExpirationDate FROM Certificate" --target-org MY_CLIENT_ORG',
      setUpAgain,
    ],
    source: 'assumed',
  },
  {
    key: 'credential-not-accessible',
    text: 'We couldn\'t access the credential(s). You might not have the required permissions, or the external credential "…" might not exist.',
    pattern: /couldn.?t access the credential/i,
    cause:
      'the user who makes the callout has no access to the principal of the external credential, or there is no such credential',
    actions: [
      assignCalloutAccess,
      'Give the user read access to User External Credentials, where neither the profile nor the permission set does (Salesforce Help: Troubleshooting for Named Credentials).',
      deployClient,
    ],
    source: 'seen',
  },
  {
    key: 'named-credential-missing',
    text: 'The callout couldn\'t access the endpoint. You might not have the required permissions, or the named credential "…" might not exist.',
    pattern: /callout couldn.?t access the endpoint/i,
    cause: 'the client org has no Named Credential of this name, or this user or namespace may not use it',
    actions: [deployClient, 'Check its permissions and its Allowed Namespaces: Setup > Named Credentials.'],
    source: 'seen',
  },
  {
    key: 'named-credential-disabled',
    text: 'not enabled for callouts',
    pattern: /(not enabled|disabled) for callouts/i,
    cause: 'the Named Credential is switched off',
    actions: ['Turn on "Enabled for Callouts" in Setup > Named Credentials of the client org.', deployClient],
    source: 'assumed',
  },
  {
    key: 'exchange-failed',
    text: 'Unable to complete the JWT token exchange.',
    pattern: exchangeFailure,
    cause:
      'the platform got no token and does not say why; mostly it is the issuer, subject or audience in the credential, the approval of the user, or another certificate in the app',
    actions: [
      compareCredential,
      'Look at the login history of the user in the server org, which names the reason of a refused login: sf data query --query "SELECT LoginTime, Status, SourceIp FROM LoginHistory ORDER BY LoginTime DESC LIMIT 5" --target-org MY_ORG',
      setUpAgain,
    ],
    mayBePropagation: true,
    source: 'seen',
  },
  {
    key: 'callout-misconfigured',
    text: 'System.UnexpectedException: Script-thrown exception',
    pattern: /script-thrown exception/i,
    cause: 'the Apex and the Named Credential do not fit: another name, or characters in the path that must be encoded',
    actions: [deployClient],
    source: 'documented',
  },
  {
    key: 'uncommitted-work',
    text: 'You have uncommitted work pending. Please commit or rollback before calling out',
    pattern: /uncommitted work pending/i,
    cause: 'the transaction changed data before it called out, which Salesforce does not allow',
    actions: ['Get the token before any change of data, or in an asynchronous job.'],
    source: 'documented',
  },
  {
    key: 'no-answer',
    text: 'Read timed out',
    pattern: /timed out|timeout|did not answer/i,
    cause: 'the server did not answer the client org in time',
    actions: [verifyAgain, 'Look for an incident, where it is an org: https://status.salesforce.com'],
    source: 'seen',
  },
  {
    key: 'cpu-limit',
    text: 'Apex CPU time limit exceeded',
    pattern: /cpu time limit exceeded/i,
    cause: 'code in the client org used up its time, ours or what else ran in the transaction',
    actions: [verifyAgain, 'Look at a debug log for what took the time: sf apex tail log --target-org MY_CLIENT_ORG'],
    source: 'documented',
  },
  {
    key: 'class-invalid',
    text: 'Dependent class is invalid and needs recompilation',
    pattern: /needs? recompilation/i,
    cause: 'a class of the connection does not compile any more in the client org',
    actions: [deployClient, 'Compile all classes in the client org: Setup > Apex Classes > Compile all classes.'],
    source: 'seen',
  },
  {
    key: 'permission-missing',
    text: 'INSUFFICIENT_ACCESS',
    pattern: /insufficient[_ ](access|rights|privileges)|author apex|customize application/i,
    cause: 'the user whom the CLI is logged in as may not run anonymous Apex',
    actions: [
      'Give the user MY_CLIENT_USER "API Enabled" and "Author Apex", for Named Credentials "Customize Application" besides (Apex Developer Guide: Anonymous Blocks), or log in as another: sf org login web --alias MY_CLIENT_ORG',
    ],
    source: 'assumed',
  },
  {
    key: 'client-not-deployed',
    text: 'Variable does not exist: ErpClient, Method does not exist or incorrect signature',
    pattern:
      /variable does not exist|method does not exist|invalid type|is not visible|(is|are) not in the client org/i,
    cause:
      'the classes of the connection are not in the client org, are older, or are hidden from a user without the permission "Author Apex"',
    actions: [
      deployClient,
      'Give the user MY_CLIENT_USER the permission "Author Apex", where the classes are there (Apex Developer Guide: Anonymous Blocks).',
    ],
    source: 'seen',
  },
  {
    key: 'class-broken',
    text: 'The class ErpClient is no Apex that a parser understands.',
    pattern: /is no apex that a parser understands/i,
    cause: 'a class of the connection is not what was deployed any more, and would not compile in a real org',
    actions: [deployClient],
    source: 'ours',
  },
  {
    key: 'constant-unreadable',
    text: 'The class ErpTokenProvider has no text for CONSUMER_KEY.',
    pattern: /has no (text|number) for [A-Z_]+/,
    cause:
      'somebody has edited the settings in the class; a local org executes no Apex, and reads only what stands there as it was generated',
    actions: [
      'Write the setting into the class as it was generated, or verify with a real client org, which runs the class.',
      deployClient,
    ],
    source: 'ours',
  },
  {
    key: 'settings-missing',
    text: 'settings_missing: There is no record ErpSettings__mdt.Default.',
    pattern: /settings_missing/i,
    cause: 'the settings record of the connection is not in the client org, or cannot be read',
    actions: [deployClient],
    source: 'ours',
  },
  {
    key: 'settings-invalid',
    text: 'settings_invalid: Additional_Claims__c holds no claims as a JSON object.',
    pattern: /settings_invalid/i,
    cause: 'the settings record of the connection holds a value that its Apex cannot use: somebody has edited it',
    actions: [
      'Fix the field that is named: Setup > Custom Metadata Types > Manage Records.',
      'Or put back what the connection says: sf jwt deploy --connection MY_CONNECTION --side client',
    ],
    source: 'ours',
  },
  {
    key: 'session-over',
    text: 'INVALID_SESSION_ID: Session expired or invalid',
    pattern: /invalid_session_id|session expired|expired access\/refresh token/i,
    cause: 'the CLI is not logged in to the client org any more',
    actions: ['Log in again: sf org login web --alias MY_CLIENT_ORG'],
    source: 'documented',
  },
  {
    key: 'local-only',
    text: 'A local org calls endpoints on this machine only',
    pattern: /local org (calls|makes|cannot)/i,
    cause: 'a local org does less than a real one, and this is beyond it',
    actions: ['Verify with a real client org, or with a server on this machine.'],
    source: 'ours',
  },
];

import type { Side } from '../artifacts/artifact.js';
import { isToSalesforce, type Connection } from '../config/connection.js';
import { JwtError, type ErrorKey } from '../errors.js';
import type { DeployOutcome, DeployProblem } from './gateway.js';
import { missingPermission, permissions } from './permissions.js';
import { placeInProject } from './project-file.js';

type Context = {
  readonly connection: Connection;
  readonly side: Side;
  /** All of them, a line each. */
  readonly problems: string;
  /** Test classes that failed. */
  readonly tests: readonly string[];
  readonly id: string;
};

/** A kind of refusal where there is more to say than the org does. Whichever it is, all problems are shown. */
type Row = {
  readonly key: ErrorKey;
  readonly isMeant: (problem: DeployProblem) => boolean;
  readonly tokens: (problem: DeployProblem, context: Context) => readonly string[];
};

const says =
  (pattern: RegExp): Row['isMeant'] =>
  ({ message }) =>
    pattern.test(message);

/** Every problem with its place, and the connection for the way out. */
const forConnection: Row['tokens'] = (_problem, { problems, connection }) => [problems, connection.name];

/** The same, and how to read all of the answer. */
const withAnswer: Row['tokens'] = (_problem, context) => [context.side, context.problems, context.id, orgOf(context)];

/**
 * What is known, the more telling first. Where no source is named, the wording is an assumption: such an org was not at
 * hand, and the general `deployRefused` is what a user sees where it is wrong.
 */
const rows: readonly Row[] = [
  { key: 'connectedAppsBlocked', isMeant: says(/You can.t create a connected app/i), tokens: forConnection },
  // devops-center-feedback#256; CumulusCI#2943, forcedotcom/cli#336.
  {
    key: 'consumerKeyTaken',
    isMeant: says(/consumer key is already taken|cannot provide a Consumer Key/i),
    tokens: forConnection,
  },
  { key: 'foreignOauthLink', isMeant: says(/OAuth link/i), tokens: forConnection },
  { key: 'appHasOtherPolicies', isMeant: says(/ExtlClntAppOauthSettingsId duplicates value/i), tokens: forConnection },
  // The form is that of any missing reference: "In field: authProvider - no AuthProvider named AmazonCognito found" of a
  // Named Credential (lekkimworld/salesforce-azure-clientcredentials-authprovider#4). That certificates have it is assumed.
  {
    key: 'signingCertificateMissing',
    isMeant: says(/no Certificate named .+ found|certificate .*(?:not found|does not exist|cannot be found)/i),
    tokens: (_problem, { problems, connection }) => [problems, connection.certificate.name, connection.name],
  },
  // Same form; that a principal is called ExternalCredentialParameter there is assumed.
  {
    key: 'principalMissing',
    isMeant: says(/no ExternalCredential(?:Parameter|Principal) named .+ found/i),
    tokens: forConnection,
  },
  // trailheadapps/agent-script-recipes#98; sfdx-hardis names a missing permission of the user as a cause as well. The
  // other wordings are assumptions.
  {
    key: 'notInEdition',
    isMeant: says(
      /Not available for deploy for this organization|is not available in this organization|Unknown type name/i,
    ),
    tokens: forConnection,
  },
  // "duplicate value found: <unknown> duplicates value on record with id: <unknown>" is how the platform words a unique
  // index; DUPLICATE_DEVELOPER_NAME is a StatusCode of the Metadata API.
  {
    key: 'nameTaken',
    isMeant: says(/duplicates value on|DUPLICATE_(?:DEVELOPER_NAME|VALUE)|There is already an? \w+ (?:named|with)/i),
    tokens: forConnection,
  },
  {
    key: 'permissionMissing',
    isMeant: ({ message }) => missingPermission(message, permissions.deploy) !== undefined,
    tokens: ({ message }, context) => [
      `whom the CLI is logged in as in ${orgOf(context)}`,
      context.problems,
      missingPermission(message, permissions.deploy) ?? permissions.deploy,
    ],
  },
  // The compiler's usual words for a type that it does not know. That a class of an old version gets them for what is newer
  // follows from versioned behaviour (Apex Developer Guide, "Apex Versions"), but was not seen.
  {
    key: 'apexVersionTooOld',
    isMeant: says(
      /(?:Invalid type|Type is not visible|Variable does not exist|Method does not exist[^:]*): .*\b(?:Auth\.\w+|Assert|Cache\.\w+)\b/,
    ),
    tokens: withAnswer,
  },
  {
    key: 'apexNotCompiled',
    isMeant: ({ kind, component, line }) =>
      kind === undefined && component?.type === 'ApexClass' && line !== undefined && line > 0,
    tokens: withAnswer,
  },
  {
    key: 'apexTestFailed',
    isMeant: ({ kind }) => kind === 'test',
    tokens: (_problem, context) => [
      context.side,
      context.problems,
      context.tests.join(' --tests '),
      orgOf(context),
      context.id,
      orgOf(context),
    ],
  },
  // "Average test coverage across all Apex Classes and Triggers is 25%, at least 75% test coverage is required."
  // (salesforcecli/plugin-deploy-retrieve#656), "Test coverage of selected Apex Class is 65.979%, …" (Ant, RunSpecifiedTests).
  {
    key: 'coverageTooLow',
    isMeant: ({ kind, message }) => kind === 'coverage' || /at least \d+% test coverage is required/i.test(message),
    tokens: withAnswer,
  },
];

/**
 * The error for a deploy that an org refused, with every problem that it named in the data.
 *
 * @param files what was deployed, relative to the project: a problem is shown where it is in one of them
 */
export function refusalOf(
  outcome: DeployOutcome,
  connection: Connection,
  side: Side,
  files: readonly string[] = [],
): JwtError {
  const { id, unfinished } = outcome;
  const problems = outcome.problems.map((problem) => {
    const { file: _inZip, line: _line, column: _column, ...rest } = problem;
    const place = placeInProject(problem, files);
    return place ? { ...rest, ...place } : problem;
  });
  const data = { connection: connection.name, side, deployId: id, problems };
  const row = rows.find(({ isMeant }) => problems.some(isMeant));
  const explained = row && problems.find(row.isMeant);
  // What the error is about comes first, and nothing else is left out.
  const inOrder = explained ? [explained, ...problems.filter((problem) => problem !== explained)] : problems;
  const failed = problems.flatMap(({ kind, component }) => (kind === 'test' && component ? [component.fullName] : []));
  const context = { connection, side, id, problems: inLines(inOrder), tests: [...new Set(failed)] };
  if (unfinished === 'cancelled') return new JwtError('deployCancelled', [id, id, orgOf(context)], { data });
  return row && explained
    ? new JwtError(row.key, row.tokens(explained, context), { data })
    : new JwtError('deployRefused', withAnswer({ message: '' }, context), { data });
}

function orgOf({ connection, side }: Pick<Context, 'connection' | 'side'>): string {
  if (side === 'client') return connection.client.type === 'external' ? '' : connection.client.org;
  return isToSalesforce(connection) ? connection.server.org : '';
}

function inLines(problems: readonly DeployProblem[]): string {
  if (problems.length === 0) return 'the org gave no reason.';
  return problems.map((problem) => `\n  ${where(problem)}${indented(problem.message)}`).join('');
}

/** An org's own line breaks make no entry of the list. */
const indented = (text: string): string => text.trim().replaceAll(/\s*\n\s*/g, '\n    ');

function where({ component, file, line, column }: DeployProblem): string {
  const place = file ?? (component && `${component.type} ${component.fullName}`);
  if (!place) return '';
  return `${[place, line, column].filter((part) => part !== undefined).join(':')}: `;
}

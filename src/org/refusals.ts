import type { Side } from '../artifacts/artifact.js';
import type { Connection } from '../config/connection.js';
import { JwtError, type ErrorKey } from '../errors.js';
import type { DeployOutcome, DeployProblem } from './gateway.js';

/** Texts with which orgs refuse a deploy, where there is more to say than the org does. */
const knownTexts: readonly { readonly pattern: RegExp; readonly key: ErrorKey }[] = [
  { pattern: /You can.t create a connected app/i, key: 'connectedAppsBlocked' },
  { pattern: /consumer key is already taken|cannot provide a Consumer Key/i, key: 'consumerKeyTaken' },
  { pattern: /OAuth link/i, key: 'foreignOauthLink' },
  { pattern: /ExtlClntAppOauthSettingsId duplicates value/i, key: 'appHasOtherPolicies' },
];

/** The error for a deploy that an org refused, with every problem that it named in the data. */
export function refusalOf({ id, problems }: DeployOutcome, connection: Connection, side: Side): JwtError {
  const known = knownTexts.flatMap(({ pattern, key }) =>
    problems.filter(({ message }) => pattern.test(message)).map(({ message }) => ({ key, message })),
  )[0];
  const data = { connection: connection.name, side, deployId: id, problems };
  return known
    ? new JwtError(known.key, [known.message, connection.name], { data })
    : new JwtError('deployRefused', [side, inLines(problems), id], { data });
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

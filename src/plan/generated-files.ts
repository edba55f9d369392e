import type { Artifact } from '../artifacts/artifact.js';
import type { Connection } from '../config/connection.js';
import { JwtError } from '../errors.js';
import { deployGroups, pathsOfGroup, type DeployGroup, type KnownFacts } from './deploy-groups.js';
import { wantedFiles, type WantedFile } from './wanted-files.js';

/** Stand for what only the server org tells, in a form that the artifacts take. */
const placeholders = {
  consumerKey: 'CONSUMER_KEY_THAT_THE_ORG_WILL_MAKE',
  instanceUrl: 'https://an-org-that-is-not-known-yet.my.salesforce.com',
} as const;

/** Every form that the org may give its value. */
const forms: Readonly<Record<keyof typeof placeholders, string>> = {
  consumerKey: String.raw`[\w.]+`,
  instanceUrl: String.raw`https?://[\w.:-]+`,
};

/** Facts for a comparison: a key that the org makes in an earlier step of the same plan is no difference by itself. */
export const withPlaceholders = (facts: KnownFacts): KnownFacts => ({
  ...facts,
  consumerKey: facts.consumerKey ?? placeholders.consumerKey,
});

/** The first certificate in a text, as PEM. */
export const certificateIn = (text: string): string | undefined =>
  /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(text)?.[0];

/**
 * Whether a file is what a connection makes of that path, whichever consumer key, My Domain and certificate it was made
 * with: what `sf jwt generate` wrote, or a setup for another org, is ours to replace.
 *
 * @param file its path relative to the project, with `/`, and its content
 * @param certificatePem any certificate: that of the file counts, where there is one in it
 * @throws JwtError `refusedValue` for names that Salesforce would not take
 */
export function isGenerated(
  connection: Connection,
  { path, content }: Pick<WantedFile, 'path' | 'content'>,
  certificatePem: string | undefined,
): boolean {
  const group = deployGroups.find((one) => pathsOfGroup(one, connection).includes(path));
  const facts = { ...placeholders, certificatePem: certificateIn(content) ?? certificatePem };
  const artifacts = group ? buildWith(facts, connection, group) : [];
  const wanted = wantedFiles(connection, artifacts).find((file) => file.path === path);
  return wanted !== undefined && patternOf(wanted.content).test(content);
}

/** The artifacts of a group; nothing as long as a fact is not known, or where the certificate is none. */
export function buildWith(facts: KnownFacts, connection: Connection, group: DeployGroup): readonly Artifact[] {
  try {
    return group.build(connection, facts) ?? [];
  } catch (error) {
    if (error instanceof JwtError && error.key === 'badAppCertificate') return [];
    throw error;
  }
}

function patternOf(content: string): RegExp {
  let pattern = escaped(content);
  for (const [name, form] of Object.entries(forms)) {
    pattern = pattern.replaceAll(escaped(placeholders[name as keyof typeof placeholders]), form);
  }
  return new RegExp(`^${pattern}$`);
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

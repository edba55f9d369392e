import { parseApex } from '../../apex/parse-apex.js';
import { isComponentVersion } from '../../rest/versions.js';
import { problemAt, type Problem } from '../deploy/problem.js';
import type { Candidate } from '../package/candidate.js';
import { textOf, type XmlElement } from '../xml/xml-element.js';
import type { ComponentHandler } from './handler.js';
import { mirrorRow, removeRow, type RowKey } from './mirror-row.js';

/** A local org parses classes; it neither compiles nor runs them. */
export const apexClass: ComponentHandler = {
  check(candidate) {
    const badVersion = checkApexVersion(candidate.root);
    if (badVersion.length > 0) return badVersion;
    const parsed = parseApex(sourceOf(candidate), 'class');
    if (parsed.kind === 'faults') {
      return parsed.faults.map(({ message, line, column }) => ({ problem: message, line, column }));
    }
    const { text: name, line, column } = parsed.name ?? { text: '', line: 1, column: 1 };
    // Word for word as orgs have it, and as strict about the case of letters.
    return name === candidate.fullName
      ? []
      : [{ problem: `File name mismatch with class name: ${name}`, line, column }];
  },
  mirror(candidate, { org }) {
    const { fullName, root } = candidate;
    const body = sourceOf(candidate);
    return mirrorRow(org, keyOf(fullName), {
      Body: body,
      Status: textOf(root, 'status') ?? 'Active',
      ApiVersion: Number(textOf(root, 'apiVersion')),
      NamespacePrefix: null,
      IsValid: true,
      LengthWithoutComments: withoutComments(body).length,
    });
  },
  remove: (fullName, org) => removeRow(org, keyOf(fullName)),
};

/** A version that there is not would stand in the row of the class. The text is that of packages. */
export function checkApexVersion(root: XmlElement): readonly Problem[] {
  const field = 'apiVersion';
  const version = textOf(root, field);
  if (version === undefined || isComponentVersion(version)) return [];
  return [problemAt(root, field, `Invalid version specified:${version}`)];
}

/** Whether a class is marked as a test, or has a method that is. */
export function isApexTest(candidate: Candidate): boolean {
  const code = withoutComments(sourceOf(candidate)).replace(literal, "''");
  return /@istest\b|\btestmethod\b/i.test(code);
}

const literal = /'(?:\\.|[^'\\\n])*'/g;

function sourceOf({ content }: Candidate): string {
  return Buffer.from(content ?? []).toString('utf8');
}

/** Leaves string literals alone, so that `'https://…'` is not taken for a comment. */
function withoutComments(body: string): string {
  return body.replace(/'(?:\\.|[^'\\\n])*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (match) =>
    match.startsWith("'") ? match : '',
  );
}

function keyOf(fullName: string): RowKey {
  return { object: 'ApexClass', nameField: 'Name', fullName };
}

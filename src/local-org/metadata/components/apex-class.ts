import { textOf } from '../xml/xml-element.js';
import type { ComponentHandler } from './handler.js';
import { mirrorRow, removeRow, type RowKey } from './mirror-row.js';

/** A local org keeps classes; it neither compiles nor runs them. */
export const apexClass: ComponentHandler = {
  mirror({ fullName, root, content }, { org }) {
    const body = Buffer.from(content ?? []).toString('utf8');
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

/** Leaves string literals alone, so that `'https://…'` is not taken for a comment. */
function withoutComments(body: string): string {
  return body.replace(/'(?:\\.|[^'\\\n])*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (match) =>
    match.startsWith("'") ? match : '',
  );
}

function keyOf(fullName: string): RowKey {
  return { object: 'ApexClass', nameField: 'Name', fullName };
}

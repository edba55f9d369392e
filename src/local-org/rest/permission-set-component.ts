import { escapeXml } from '../metadata/xml/render-xml.js';
import type { LocalOrg, SObjectRecord, StoredComponent } from '../model.js';

const type = 'PermissionSet';

/** Has the component of a permission set follow its row, as both are one in an org. Those of profiles have none. */
export function followRow(org: LocalOrg, old: SObjectRecord | undefined, row: SObjectRecord | undefined): void {
  if ((row ?? old)?.['IsOwnedByProfile'] === true) return;
  const stored = old && org.components.get(type, nameOf(old));
  if (old && (!row || nameOf(old) !== nameOf(row))) org.components.delete(type, nameOf(old));
  // A name that is none has no file.
  if (row && /^\w+$/.test(nameOf(row))) org.components.put(componentOf(org, row, stored));
}

function componentOf(org: LocalOrg, row: SObjectRecord, stored: StoredComponent | undefined): StoredComponent {
  const [bytes = Buffer.from(empty)] = stored?.files.values() ?? [];
  const fullName = nameOf(row);
  const content = Buffer.from(written(Buffer.from(bytes).toString('utf8'), row));
  return {
    type,
    fullName,
    id: row.Id,
    createdAt: stored?.createdAt ?? org.now(),
    lastModifiedAt: org.now(),
    files: new Map([[`permissionsets/${fullName}.permissionset`, content]]),
  };
}

const empty =
  '<?xml version="1.0" encoding="UTF-8"?>\n<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">\n' +
  '    <hasActivationRequired>false</hasActivationRequired>\n</PermissionSet>\n';

/** Only the permission set itself has a label and a description. */
function written(text: string, { Label, Description }: SObjectRecord): string {
  const elements = [
    typeof Description === 'string' ? `    <description>${escapeXml(Description)}</description>\n` : '',
    `    <label>${escapeXml(String(Label))}</label>\n`,
  ].join('');
  return text
    .replace(/[ \t]*<(label|description)\b[^<>]*>[^<]*<\/\1\s*>\s*?\n?/g, '')
    .replace(/\n?(?=<\/PermissionSet\s*>)/, () => `\n${elements}`);
}

function nameOf({ Name }: SObjectRecord): string {
  return String(Name);
}

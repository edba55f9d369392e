import { zipSync } from 'fflate';

/** Path in a zip of the Metadata API to content. */
export type PackageFiles = Readonly<Record<string, string>>;

export type Member = readonly [type: string, fullName: string];

const namespace = 'http://soap.sforce.com/2006/04/metadata';

/** A file of a component. @param children Its elements as XML */
export const metadataXml = (type: string, ...children: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="${namespace}">\n${children.map((child) => `    ${child}\n`).join('')}</${type}>\n`;

/** A package.xml, or a file of destructive changes. */
export function manifestXml(members: readonly Member[], apiVersion: string): string {
  const types = [...new Set(members.map(([type]) => type))].map((type) => {
    const names = members.filter(([other]) => other === type).map(([, fullName]) => `<members>${fullName}</members>`);
    return `<types>${names.join('')}<name>${type}</name></types>`;
  });
  return metadataXml('Package', ...types, `<version>${apiVersion}</version>`);
}

export function zipOf(files: PackageFiles): Buffer {
  const entries = Object.entries(files).map(([path, content]) => [path, Buffer.from(content)] as const);
  return Buffer.from(zipSync(Object.fromEntries(entries)));
}

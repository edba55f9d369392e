/** Path in a Metadata API package to content. */
export type Files = Readonly<Record<string, string>>;

/** A metadata file. */
export function metadataXml(type: string, ...lines: readonly string[]): string {
  const inner = lines.map((line) => `    ${line}\n`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="http://soap.sforce.com/2006/04/metadata">\n${inner}</${type}>\n`;
}

/** A package.xml; members by type. */
export function packageXml(members: Readonly<Record<string, readonly string[]>>): string {
  const types = Object.entries(members).map(
    ([name, names]) =>
      `<types>${names.map((member) => `<members>${member}</members>`).join('')}<name>${name}</name></types>`,
  );
  return metadataXml('Package', ...types, '<version>67.0</version>');
}

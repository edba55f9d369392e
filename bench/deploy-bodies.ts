import { manifestOf, zipOf } from '../test/unit/local-org/metadata/metadata-org.js';
import { metadataXml, type Files } from '../test/unit/local-org/metadata/metadata-xml.js';
import { remoteSiteFile } from '../test/unit/local-org/metadata/sample-files.js';

export const boundary = 'bench';

/** A zip with a package.xml that names every file's component. */
export function zipOfFiles(files: Files): Buffer {
  return Buffer.from(zipOf({ 'package.xml': manifestOf(files), ...files }));
}

/** The body of `POST …/metadata/deployRequest`. */
export function multipartOf(zip: Buffer): Buffer {
  const options = { deployOptions: { rollbackOnError: true, singlePackage: true } };
  const part = (name: string, type: string, more = ''): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\nContent-Type: ${type}\r\n\r\n`;
  return Buffer.concat([
    Buffer.from(`${part('json', 'application/json')}${JSON.stringify(options)}\r\n`),
    Buffer.from(part('file', 'application/zip', '; filename="deploy.zip"')),
    zip,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
}

/** Two components: a permission set that differs from the one with another serial number, and a remote site. */
export function smallFiles(serial: number): Files {
  const file = 'permissionsets/Bench.permissionset';
  const description = `<description>Deploy ${serial}</description>`;
  return { [file]: metadataXml('PermissionSet', description, '<label>Bench</label>'), ...remoteSiteFile() };
}

/** A class of some thirty lines that differs from the one with another serial number. */
export function classFiles(serial: number): Files {
  const method = (index: number): string =>
    `    public static Integer add${index}(Integer left, List<Integer> others) {\n        Integer sum = left + ${serial};\n        for (Integer other : others) {\n            sum += other;\n        }\n        return sum;\n    }\n`;
  const body = `public with sharing class Bench {\n${[1, 2, 3, 4].map(method).join('')}}\n`;
  const lines = ['<apiVersion>67.0</apiVersion>', '<status>Active</status>'];
  return { 'classes/Bench.cls': body, 'classes/Bench.cls-meta.xml': metadataXml('ApexClass', ...lines) };
}

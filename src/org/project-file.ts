import type { DeployProblem } from './gateway.js';

/** A place that an editor can jump to; without line where the org's line is one of another file. */
export type Place = { readonly file: string; readonly line?: number; readonly column?: number };

/**
 * Where in the project a problem is: an org names files as they are in the zip of the deploy, where a file may have
 * another name, and the parts of an object stand in one file.
 *
 * @param files what was deployed, relative to the project, with `/`
 * @returns undefined where none of the files is meant
 */
export function placeInProject(problem: DeployProblem, files: readonly string[]): Place | undefined {
  const { file, line, column } = problem;
  const whole = file === undefined ? undefined : findFile(file, files);
  if (whole === undefined) {
    const part = findPart(problem, files);
    return part === undefined ? undefined : { file: part };
  }
  return { file: whole, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
}

/** The file of that path, or of that name in a folder below the same one, which a zip does not have. */
function findFile(inZip: string, files: readonly string[]): string | undefined {
  const segments = inZip.split('/').filter((segment) => segment !== '');
  const path = segments.slice(-2).join('/');
  const [folder = '', name = ''] = segments.slice(-2);
  const isNamed = (file: string, wanted: string): boolean =>
    file.endsWith(`/${wanted}`) || file.endsWith(`/${wanted}-meta.xml`);
  return (
    files.find((file) => file.endsWith(`/${path}`)) ??
    files.find((file) => file.endsWith(`/${path}-meta.xml`)) ??
    files.find((file) => file.includes(`/${folder}/`) && isNamed(file, name))
  );
}

/** `ErpSettings__mdt.Audience__c` of an object stands in `objects/ErpSettings__mdt/fields/Audience__c.field-meta.xml`. */
function findPart({ component, file = '' }: DeployProblem, files: readonly string[]): string | undefined {
  const inZip = /(?:^|\/)objects\/([^/]+)\.object$/.exec(file)?.[1];
  const [object, part] = component?.fullName.split('.') ?? [];
  const folder = `/objects/${inZip ?? object}/`;
  if (part !== undefined) {
    const found = files.find((path) => path.includes(folder) && path.includes(`/${part}.`));
    if (found !== undefined) return found;
  }
  return files.find((path) => path.endsWith(`${folder}${inZip ?? object}.object-meta.xml`));
}

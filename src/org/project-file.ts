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
  const { file = '', line, column } = problem;
  const object = /(?:^|\/)objects\/([^/]+)\.object$/.exec(file)?.[1];
  const found = object === undefined ? findFile(file, files) : findPart(object, problem, files);
  if (found === undefined || object !== undefined) return found === undefined ? undefined : { file: found };
  return { file: found, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
}

/** The file of that path, or of that name in a folder below the same one, which a zip does not have. */
function findFile(inZip: string, files: readonly string[]): string | undefined {
  const [folder, name] = inZip.split('/').slice(-2);
  if (folder === undefined || name === undefined) return undefined;
  const path = `${folder}/${name}`;
  const isNamed = (file: string, wanted: string): boolean =>
    file.endsWith(`/${wanted}`) || file.endsWith(`/${wanted}-meta.xml`);
  return (
    files.find((file) => file.endsWith(`/${path}`)) ??
    files.find((file) => file.includes(`/${folder}/`) && isNamed(file, name))
  );
}

/** `ErpSettings__mdt.Audience__c` of an object stands in `objects/ErpSettings__mdt/fields/Audience__c.field-meta.xml`. */
function findPart(object: string, { component }: DeployProblem, files: readonly string[]): string | undefined {
  const folder = `/objects/${object}/`;
  const part = component?.fullName.split('.')[1];
  const ofPart = part === undefined ? undefined : files.find((path) => isPartIn(path, folder, part));
  return ofPart ?? files.find((path) => path.endsWith(`${folder}${object}.object-meta.xml`));
}

const isPartIn = (path: string, folder: string, part: string): boolean =>
  path.includes(folder) && path.includes(`/${part}.`);

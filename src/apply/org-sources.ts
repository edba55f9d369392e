import type { ComponentRef } from '../artifacts/artifact.js';
import { JwtError } from '../errors.js';
import type { OrgGateway, OrgSource } from '../org/gateway.js';
import type { WantedFile } from '../plan/wanted-files.js';

export type Wanted = Pick<WantedFile, 'path' | 'content'>;

/** A file of ours and the same file as an org gives it out. */
export type SourcePair = { readonly file: Wanted; readonly source: OrgSource };

/** A comparison only helps: that an org cannot give something out must not hide what is in the way. */
export async function sourcesOf(org: OrgGateway, components: readonly ComponentRef[]): Promise<readonly OrgSource[]> {
  try {
    return components.length === 0 ? [] : await org.sources(components);
  } catch (error) {
    if (error instanceof JwtError) return [];
    throw error;
  }
}

/**
 * Finds for each file of ours what the org has of it: by its folder and name, as a zip has no further folders. Left out is
 * what an org gives out in other files than the project has, like the fields of an object.
 *
 * @param root source folder of the side, relative to the project
 */
export function pairSources(
  files: readonly Wanted[],
  sources: readonly OrgSource[],
  root: string,
): readonly SourcePair[] {
  const own = files.filter(({ path }) => path.startsWith(`${root}/`));
  const names = new Set(own.map(({ path }) => placeOf(path.slice(root.length + 1))));
  const inOrg = new Map(sources.map((source) => [placeOf(source.path), source]));
  return own.flatMap((file) => {
    const place = placeOf(file.path.slice(root.length + 1));
    const source = inOrg.get(place) ?? inOrg.get(wholeXml(place, names));
    return source && !place.startsWith('objects/') ? [{ file, source }] : [];
  });
}

function placeOf(path: string): string {
  const segments = path.toLowerCase().split('/');
  return `${segments[0]}/${segments.at(-1)}`;
}

/** In source format, a file that is all XML has `-meta.xml` behind its name; one that only describes another has it always. */
function wholeXml(place: string, names: ReadonlySet<string>): string {
  const bare = place.replace(/-meta\.xml$/, '');
  return names.has(bare) ? place : bare;
}

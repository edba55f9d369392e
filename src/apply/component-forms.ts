import type { ComponentRef } from '../artifacts/artifact.js';
import type { Connection } from '../config/connection.js';
import type { OrgGateway } from '../org/gateway.js';
import type { ComponentFile } from '../plan/component-content.js';
import { isFileOf } from '../plan/component-files.js';
import { componentKey, componentName } from '../plan/deploy-groups.js';
import { formsIn, isOwned, type Forms, type JournalState } from '../plan/journal-state.js';
import type { GroupFiles } from './deploy-job.js';
import { sourcesOf, type Wanted } from './org-sources.js';

/** What is about to be deployed to one org, and what is known of that org. */
export type Holding = {
  readonly connection: Connection;
  readonly org: OrgGateway;
  readonly journal: JournalState;
  readonly wanted: readonly Wanted[];
  /** Source folder of the side, relative to the project. */
  readonly root: string;
  /** Whether the connection file names the connection: then what an org has of it may come from another clone. */
  readonly isSaved: boolean;
};

export type InTheWay = {
  /** Not deployed by this project, and not the same as what is about to be. */
  readonly foreign: readonly ComponentRef[];
  /** Deployed by this project, and neither the same as then nor as what is about to be. */
  readonly changed: readonly ComponentRef[];
};

/** Which of the components that an org has a deploy would take from somebody. */
export async function findInTheWay(there: readonly ComponentRef[], holding: Holding): Promise<InTheWay> {
  const { connection, org, journal, wanted, root, isSaved } = holding;
  const { orgId } = org.identity;
  const noted = formsIn(journal, orgId);
  const notedOf = (component: ComponentRef): string | undefined =>
    comparable(noted[componentKey(component)], connection);
  const isOurs = (component: ComponentRef): boolean => isOwned(journal, orgId, componentName(component));
  const foreign = there.filter((component) => !isOurs(component));
  const owned = there.filter((component) => isOurs(component) && notedOf(component) !== undefined);
  const asked = [...(isSaved ? foreign : []), ...owned];
  if (asked.length === 0) return { foreign, changed: [] };
  const { formOf, isSameContent } = await import('../plan/component-content.js');
  const sources = await readSources(org, asked);
  const filesOf = (component: ComponentRef, files: readonly ComponentFile[]): readonly ComponentFile[] =>
    files.filter(({ path }) => isFileOf(component, path));
  const own = belowRoot(wanted, root);
  const isSame = (component: ComponentRef): boolean =>
    isSameContent(component, filesOf(component, own), filesOf(component, sources));
  const isChanged = (component: ComponentRef): boolean => {
    const form = formOf(component, filesOf(component, sources));
    const known = [notedOf(component), formOf(component, filesOf(component, own))];
    return form !== undefined && !known.includes(form) && !isSame(component);
  };
  return {
    foreign: foreign.filter((component) => !isSaved || !isSame(component)),
    changed: owned.filter(isChanged),
  };
}

/**
 * What an org has been given, to be held against what it has before the next deploy: of classes what was deployed, of what
 * an org writes in its own way what it gives out afterwards.
 */
export async function formsOfGroup(
  { files: deployed, components }: Pick<GroupFiles, 'files' | 'components'>,
  org: OrgGateway,
  { connection, root }: Pick<Holding, 'connection' | 'root'>,
): Promise<Forms> {
  const { formOf, givenOutAlike } = await import('../plan/component-content.js');
  const own = belowRoot(deployed, root);
  const sources = await readSources(
    org,
    components.filter(({ type }) => givenOutAlike.includes(type)),
  );
  const forms = components.flatMap((component): readonly (readonly [string, string])[] => {
    const isClass = component.type === 'ApexClass';
    const files = (isClass ? own : sources).filter(({ path }) => isFileOf(component, path));
    const form = formOf(component, files);
    if (form === undefined) return [];
    return [[componentKey(component), isClass ? form : `${form} ${connection.apiVersion}`]];
  });
  return Object.fromEntries(forms);
}

/** What an org gives out in its own way depends on the API version in which it is asked. */
function comparable(noted: string | undefined, { apiVersion }: Connection): string | undefined {
  const [form, version = apiVersion] = noted?.split(' ') ?? [];
  return version === apiVersion ? form : undefined;
}

/** A permission set is retrieved alone: an org leaves out of it what belongs to components that are not retrieved along. */
async function readSources(org: OrgGateway, components: readonly ComponentRef[]): Promise<readonly ComponentFile[]> {
  const isPermissionSet = ({ type }: ComponentRef): boolean => type === 'PermissionSet';
  const parts = [components.filter(isPermissionSet), components.filter((component) => !isPermissionSet(component))];
  return (await Promise.all(parts.map((part) => sourcesOf(org, part)))).flat();
}

const belowRoot = (files: readonly Wanted[], root: string): readonly ComponentFile[] =>
  files
    .filter(({ path }) => path.startsWith(`${root}/`))
    .map(({ path, content }) => ({ path: path.slice(root.length + 1), content }));

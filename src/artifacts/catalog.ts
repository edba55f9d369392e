import type { Artifact, ArtifactOutline, ComponentRef, Side } from './artifact.js';
import { render, type TemplateValues } from './render.js';

/** One generated file: which template makes it, where it lies in source format, what the template reads. */
export type CatalogRow = {
  readonly side: Side;
  /** Metadata type, as package.xml names it. */
  readonly type: string;
  /** The value that is the component's full name, and what is put behind it. */
  readonly named: string;
  readonly nameSuffix?: string;
  /** Path of the file in source format, as the CLI's metadata registry has folders and suffixes. */
  readonly path: (fullName: string) => string;
  readonly template: string;
  readonly needs: readonly string[];
  /** Values of this row alone. */
  readonly values?: TemplateValues;
};

/** A path of the usual form: a folder, the full name, a suffix. */
export const inFolder =
  (folder: string, suffix: string): CatalogRow['path'] =>
  (fullName) =>
    `${folder}/${fullName}.${suffix}`;

/** File and component of a row. A value that names the component and is missing is a `TypeError`. */
export function outlineOf(row: CatalogRow, names: TemplateValues): ArtifactOutline {
  const base = names[row.named];
  if (typeof base !== 'string') throw new TypeError(`${row.type} needs ${row.named} for its name.`);
  const fullName = `${base}${row.nameSuffix ?? ''}`;
  return { side: row.side, path: row.path(fullName), component: { type: row.type, fullName } };
}

/** Renders one row. A value that the template needs and that is missing is a `TypeError`. */
export function makeArtifact(row: CatalogRow, values: TemplateValues): Artifact {
  const all = { ...values, ...row.values };
  return { ...outlineOf(row, values), content: render(row.template, row.needs, all) };
}

/** The components of some files, each once: some have several files. */
export function componentsIn(files: readonly ArtifactOutline[]): readonly ComponentRef[] {
  return [...new Map(files.map(({ component }) => [`${component.type}:${component.fullName}`, component])).values()];
}

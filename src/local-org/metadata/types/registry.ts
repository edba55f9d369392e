import { readData } from './read-data.js';

/** A type in whose file components of another one stand, each an element of its own. */
export type RegisteredChild = {
  readonly name: string;
  /** Name of the element in the file of the parent. */
  readonly element: string;
  /** The child element that names the component; `fullName` unless told otherwise. */
  readonly key?: string;
  readonly directory: string;
  readonly suffix: string;
  /** Whether the full name does without the parent's. */
  readonly withoutParent?: boolean;
};

/** A type as the registry of `@salesforce/source-deploy-retrieve` has it. */
export type RegisteredType = {
  readonly name: string;
  readonly directory: string;
  readonly suffix?: string;
  /** How its files lie: one XML file where nothing is said. */
  readonly adapter?: string;
  readonly inFolder?: boolean;
  /** Type of the folders that its components are in. */
  readonly folderType?: string;
  /** Type of what is in a folder. */
  readonly folderContentType?: string;
  readonly children?: readonly RegisteredChild[];
};

/** All types that SDR knows: `registry.json`, made from it by `scripts/derive-metadata-types.mjs`. */
export const registeredTypes = readData<readonly RegisteredType[]>('registry.json');

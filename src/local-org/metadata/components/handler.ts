import type { LocalOrg, OrgKeyPair } from '../../model.js';
import type { Problem } from '../deploy/problem.js';
import type { Candidate } from '../package/candidate.js';
import type { XmlElement } from '../xml/xml-element.js';

/** What a component may be judged by: the org, and the components of the same deploy that were judged before it. */
export type DeployContext = {
  readonly org: LocalOrg;
  /** A component of this deploy or of the org, as it will be. */
  readonly find: (type: string, fullName: string) => Candidate | undefined;
  /** All components of a type, as they will be. */
  readonly all: (type: string) => readonly Candidate[];
  /** Whether the same deploy has a component that was refused. */
  readonly isRefused: (type: string, fullName: string) => boolean;
  /** Whether the same deploy removes a component before it saves any. */
  readonly isRemoved: (type: string, fullName: string) => boolean;
  /** Key pairs made for certificates that this deploy creates, by developer name. */
  readonly newKeyPairs: ReadonlyMap<string, OrgKeyPair>;
};

/** What is special about one metadata type. */
export type ComponentHandler = {
  /** What Salesforce refuses, beyond names and elements. */
  readonly check?: (candidate: Candidate, context: DeployContext) => readonly Problem[];
  /** Adds what the org adds, and takes away what it does not keep. Only for a candidate that passed the check. */
  readonly complete?: (candidate: Candidate, context: DeployContext) => Candidate;
  /** Keeps the row that the data API shows for a component. Returns its id, which is the component's; undefined for no row. */
  readonly mirror?: (candidate: Candidate, context: DeployContext) => string | undefined;
  /** Undoes `mirror`, and takes along what cannot stay without the component. */
  readonly remove?: (fullName: string, org: LocalOrg) => void;
  /** Why a component cannot be deleted as long as the components that are there are there. */
  readonly inUse?: (fullName: string, all: DeployContext['all']) => string | undefined;
  /** The XML as a retrieve and a read give it out. */
  readonly disclose?: (root: XmlElement) => XmlElement;
};

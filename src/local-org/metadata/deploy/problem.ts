import { childNamed, type XmlElement } from '../xml/xml-element.js';

/** Why a component cannot be deployed, and where in its file. */
export type Problem = { readonly problem: string; readonly line?: number; readonly column?: number };

/** A problem with a child of an element: at the child, or at the element where there is no such child. */
export function problemAt(element: XmlElement, child: string, problem: string): Problem {
  return problemOf(childNamed(element, child) ?? element, problem);
}

/** A problem with an element as a whole. */
export function problemOf({ line, column }: XmlElement, problem: string): Problem {
  return { problem, line, column };
}

/** One line of a deploy result about one component, as `DeployMessage` of the Metadata API. */
export type ComponentMessage = {
  readonly changed: boolean;
  readonly columnNumber?: number;
  /** Empty for package.xml itself, never left out: the CLI throws on a message without it. */
  readonly componentType: string;
  readonly created: boolean;
  readonly createdDate: string;
  readonly deleted: boolean;
  readonly fileName: string;
  readonly fullName: string;
  readonly id?: string;
  readonly lineNumber?: number;
  readonly problem?: string;
  readonly problemType?: 'Error' | 'Warning';
  readonly success: boolean;
};

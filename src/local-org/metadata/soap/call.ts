import type { LocalOrg } from '../../model.js';
import { textOf, textsOf, type XmlElement } from '../xml/xml-element.js';
import { apiFault, type SoapValue } from './soap-message.js';

/** One call of an operation, by a user with a session. */
export type SoapCall = {
  readonly org: LocalOrg;
  readonly userId: string;
  /** Of the URL, like `67.0`. */
  readonly apiVersion: string;
  readonly args: XmlElement;
};

/** Answers a call. @throws SoapFault */
export type Operation = (call: SoapCall) => SoapValue | Promise<SoapValue>;

/** @throws SoapFault where the argument is missing */
export function requiredText({ args }: SoapCall, name: string): string {
  const text = textOf(args, name);
  if (text === undefined) throw apiFault('REQUIRED_FIELD_MISSING', `Required field is missing: ${name}`);
  return text;
}

/** Metadata API Developer Guide: up to ten components in one call of the calls that do not wait. */
const maxComponents = 10;

/** @throws SoapFault */
export function boundedTexts({ args }: SoapCall, name: string): readonly string[] {
  return bounded(textsOf(args, name));
}

/** @throws SoapFault for more than ten, the most that a call takes */
export function bounded<T>(items: readonly T[]): readonly T[] {
  if (items.length > maxComponents)
    throw apiFault(
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${maxComponents} records in this operation`,
    );
  return items;
}

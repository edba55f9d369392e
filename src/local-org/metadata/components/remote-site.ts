import { childNamed, textOf } from '../xml/xml-element.js';
import type { ComponentHandler } from './handler.js';

/** A remote site is an origin that Apex may call; text and schemes that are none are refused. */
export const remoteSite: ComponentHandler = {
  check({ root }) {
    const url = textOf(root, 'url') ?? '';
    const { line, column } = childNamed(root, 'url') ?? root;
    if (isWebUrl(url)) return [];
    return [{ problem: 'Remote Site URL: must be a URL that starts with http:// or https://', line, column }];
  },
};

function isWebUrl(text: string): boolean {
  return /^https?:\/\/[^\s]+$/i.test(text) && URL.canParse(text);
}

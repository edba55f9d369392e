import { isTrue } from '../xml/xml-element.js';
import type { ComponentHandler } from './handler.js';
import { checkReference } from './reference.js';

/** An org is an identity provider with a certificate of its own; without being one it has no certificate to name. */
export const settings: ComponentHandler = {
  check: ({ fullName, root }, context) =>
    fullName === 'IdentityProvider' && isTrue(root, 'enableIdentityProvider')
      ? checkReference(root, 'certificateName', 'Certificate', context)
      : [],
};

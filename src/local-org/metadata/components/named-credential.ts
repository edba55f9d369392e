import { problemAt, type Problem } from '../deploy/problem.js';
import { childrenNamed, textOf, type XmlElement } from '../xml/xml-element.js';
import { isAddress, noAddress } from './callout-url.js';
import type { ComponentHandler, DeployContext } from './handler.js';
import { checkLabelLength } from './label.js';
import { checkLegacyCredential } from './legacy-named-credential.js';
import { checkReference } from './reference.js';

/** Where callouts go: an endpoint with an External Credential, or all in one as before API 56. */
export const namedCredential: ComponentHandler = {
  check({ root }, context) {
    // Before there were types, all were what is called Legacy now.
    const type = textOf(root, 'namedCredentialType') ?? 'Legacy';
    if (type === 'Legacy') return [...checkLabelLength(root), ...checkLegacyCredential(root, context)];
    if (type === 'SecuredEndpoint') return [...checkLabelLength(root), ...checkSecuredEndpoint(root, context)];
    // Not a text of Salesforce's: a limit of local orgs.
    const problem = `A local org keeps Named Credentials of the types SecuredEndpoint and Legacy, not ${type}`;
    return [problemAt(root, 'namedCredentialType', problem)];
  },
};

/** The two parameters that every retrieved credential has. That it needs each exactly once is an assumption, as is the text. */
function checkSecuredEndpoint(root: XmlElement, context: DeployContext): readonly Problem[] {
  const parameters = childrenNamed(root, 'namedCredentialParameters');
  return [
    ...['Url', 'Authentication'].flatMap((type) => checkOnce(root, parameters, type)),
    ...parameters.flatMap((parameter) => checkParameter(parameter, context)),
  ];
}

function checkOnce(root: XmlElement, parameters: readonly XmlElement[], type: string): readonly Problem[] {
  const [first, second] = parameters.filter((parameter) => textOf(parameter, 'parameterType') === type);
  if (!first)
    return [problemAt(root, 'namedCredentialType', `A SecuredEndpoint needs a parameter of the type ${type}`)];
  return second ? [problemAt(second, 'parameterType', `Duplicate parameter of the type ${type}`)] : [];
}

function checkParameter(parameter: XmlElement, context: DeployContext): readonly Problem[] {
  const type = textOf(parameter, 'parameterType');
  if (type === 'Url' && !isAddress(textOf(parameter, 'parameterValue') ?? '')) {
    return [problemAt(parameter, 'parameterValue', `URL: ${noAddress}`)];
  }
  if (type === 'Authentication' && textOf(parameter, 'externalCredential') === undefined) {
    return [problemAt(parameter, 'externalCredential', 'Required field is missing: externalCredential')];
  }
  return [
    ...checkReference(parameter, 'externalCredential', 'ExternalCredential', context),
    ...checkReference(parameter, 'certificate', 'Certificate', context),
  ];
}

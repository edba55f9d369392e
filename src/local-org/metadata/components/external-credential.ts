import { problemAt, type Problem } from '../deploy/problem.js';
import { isDeveloperName } from '../developer-name.js';
import { childrenNamed, textOf, type XmlElement } from '../xml/xml-element.js';
import { isCalloutUrl, noCalloutUrl } from './callout-url.js';
import type { ComponentHandler, DeployContext } from './handler.js';
import { checkLabelLength } from './label.js';
import { checkReference } from './reference.js';

const principalTypes = new Set([
  'AwsStsPrincipal',
  'CustomPrincipal',
  'GlobalNamedPrincipal',
  'NamedPrincipal',
  'PerUserPrincipal',
  'SystemUserPrincipal',
]);

/** Parameters that a credential has once. */
const singleTypes = new Set(['AuthProtocolVariant', 'AuthProvider', 'AuthProviderUrl', 'SigningCertificate']);

const defaultGroup = 'DefaultGroup';

/** Salesforce Help, JWT claims of an External Credential: what an assertion can be signed with. */
const algorithms = ['RS256', 'RS512'];

/**
 * How a Named Credential authenticates. Judged where a JWT is signed; other protocols are kept as they come. That these
 * rules exist is documented or seen (groups, names of principals, parameters that a protocol needs); the texts are
 * assumptions, as none is public.
 */
export const externalCredential: ComponentHandler = {
  check({ root }, context) {
    const parameters = parametersOf(root);
    return [
      ...checkLabelLength(root),
      ...checkRepeated(parameters),
      ...parameters.flatMap((parameter) => [
        ...checkGroup(parameter, principalsOf(root)),
        ...checkParameter(parameter, context),
      ]),
      ...checkProtocol(root, parameters),
    ];
  },
};

/** Names of the principals of a credential. A permission set grants access to one as `<credential>-<principal>`. */
export function principalsOf(root: XmlElement): readonly string[] {
  return parametersOf(root)
    .filter(isPrincipal)
    .map((parameter) => textOf(parameter, 'parameterName') ?? '');
}

function parametersOf(root: XmlElement): readonly XmlElement[] {
  return childrenNamed(root, 'externalCredentialParameters');
}

function isPrincipal(parameter: XmlElement): boolean {
  return principalTypes.has(textOf(parameter, 'parameterType') ?? '');
}

function checkRepeated(parameters: readonly XmlElement[]): readonly Problem[] {
  const seen = new Set<string>();
  return parameters.flatMap((parameter) => {
    const type = textOf(parameter, 'parameterType') ?? '';
    const name = textOf(parameter, 'parameterName') ?? '';
    const group = textOf(parameter, 'parameterGroup') ?? defaultGroup;
    const key = singleTypes.has(type)
      ? type
      : isPrincipal(parameter)
        ? `principal:${name}`
        : `${type}:${group}:${name}`;
    const isRepeated = seen.has(key);
    seen.add(key);
    return isRepeated
      ? [problemAt(parameter, 'parameterName', `Duplicate parameter: ${name} of the type ${type}`)]
      : [];
  });
}

/** Metadata API Developer Guide: principals are in a group of their own name, everything else is in `DefaultGroup` or theirs. */
function checkGroup(parameter: XmlElement, principals: readonly string[]): readonly Problem[] {
  const group = textOf(parameter, 'parameterGroup');
  const name = textOf(parameter, 'parameterName') ?? '';
  const fault = (problem: string): readonly Problem[] => [problemAt(parameter, 'parameterGroup', problem)];
  if (isPrincipal(parameter)) {
    return group === name ? [] : fault(`The parameterGroup of the principal ${name} must be its name`);
  }
  if (group === undefined || group === defaultGroup || principals.includes(group)) return [];
  return fault(`The parameterGroup of ${name} must be ${defaultGroup} or the name of a principal, not ${group}`);
}

function checkParameter(parameter: XmlElement, context: DeployContext): readonly Problem[] {
  return [
    ...(isPrincipal(parameter) ? checkPrincipal(parameter) : checkValue(parameter)),
    ...checkReference(parameter, 'certificate', 'Certificate', context),
    ...checkReference(parameter, 'authProvider', 'AuthProvider', context),
  ];
}

function checkPrincipal(parameter: XmlElement): readonly Problem[] {
  const name = textOf(parameter, 'parameterName') ?? '';
  if (isDeveloperName(name)) return [];
  const rule = 'it begins with a letter, has letters, digits and single underscores, and ends with none';
  return [problemAt(parameter, 'parameterName', `The name of the principal ${name} is not valid: ${rule}`)];
}

function checkValue(parameter: XmlElement): readonly Problem[] {
  const type = textOf(parameter, 'parameterType');
  const name = textOf(parameter, 'parameterName') ?? '';
  const value = textOf(parameter, 'parameterValue') ?? '';
  if (type === 'AuthProviderUrl' && !isCalloutUrl(value)) {
    return [problemAt(parameter, 'parameterValue', `${name}: ${noCalloutUrl}`)];
  }
  if (type === 'JwtHeaderClaim' && name === 'alg' && !algorithms.includes(value)) {
    return [problemAt(parameter, 'parameterValue', `alg: must be one of ${algorithms.join(', ')}`)];
  }
  return [];
}

function checkProtocol(root: XmlElement, parameters: readonly XmlElement[]): readonly Problem[] {
  const protocol = textOf(root, 'authenticationProtocol') ?? '';
  const variantOf = parameters.find((parameter) => textOf(parameter, 'parameterType') === 'AuthProtocolVariant');
  const variant = variantOf && textOf(variantOf, 'parameterValue');
  if (variantOf && variant === 'JwtBearer' && protocol !== 'Oauth')
    return [problemAt(variantOf, 'parameterValue', 'The variant JwtBearer needs the authentication protocol Oauth')];
  const needed = variant === 'JwtBearer' ? ['AuthProviderUrl', ...signing] : protocol === 'Jwt' ? signing : [];
  const missing = needed.filter((need) => !parameters.some((parameter) => isMet(need, parameter)));
  if (missing.length === 0) return [];
  const name = variant === undefined ? protocol : `${protocol} with the variant ${variant}`;
  const problem = `The authentication protocol ${name} needs the parameters ${needed.join(', ')}. Missing: ${missing.join(', ')}`;
  return [problemAt(root, 'authenticationProtocol', problem)];
}

/** What a JWT needs: the key, and three claims. The org adds the others (Salesforce Help, JWT claims). */
const signing = ['SigningCertificate', 'JwtBodyClaim iss', 'JwtBodyClaim sub', 'JwtBodyClaim aud'];

function isMet(need: string, parameter: XmlElement): boolean {
  const [type, claim] = need.split(' ');
  if (textOf(parameter, 'parameterType') !== type) return false;
  if (type === 'SigningCertificate') return textOf(parameter, 'certificate') !== undefined;
  const isNamed = claim === undefined || textOf(parameter, 'parameterName') === claim;
  return isNamed && textOf(parameter, 'parameterValue') !== undefined;
}

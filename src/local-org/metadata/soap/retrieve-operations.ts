import { isComponentVersion } from '../../rest/versions.js';
import { readManifest, type Manifest } from '../package/manifest.js';
import { retrieveComponents } from '../retrieve/retrieve-components.js';
import { findRetrieve, keepRetrieve } from '../retrieve/retrieve-jobs.js';
import { childNamed, isTrue, textOf, textsOf, type XmlElement } from '../xml/xml-element.js';
import { requiredText, type Operation } from './call.js';
import { apiFault } from './soap-message.js';

/** Starts a retrieve and returns its id; the result is there at the first poll. */
export const retrieve: Operation = ({ org, args, apiVersion }) => {
  // The WSDL names the argument retrieveRequest; jsforce sends request.
  const request = childNamed(args, 'retrieveRequest') ?? childNamed(args, 'request') ?? args;
  const packageNames = textsOf(request, 'packageNames');
  const manifest = wantedOf(childNamed(request, 'unpackaged'), packageNames);
  const requested = textOf(request, 'apiVersion') ?? apiVersion;
  for (const version of [requested, manifest.version ?? requested]) {
    if (!isComponentVersion(version)) throw apiFault('INVALID_OPERATION', `Invalid version specified:${version}`);
  }
  const retrieved = retrieveComponents(org, {
    manifest,
    singlePackage: isTrue(request, 'singlePackage'),
    apiVersion: requested,
  });
  // A local org has no packages. The text is an assumption.
  const absent = packageNames.map((name) => ({ fileName: 'package.xml', problem: `Package not found: ${name}` }));
  const id = keepRetrieve(org, { ...retrieved, messages: [...retrieved.messages, ...absent] });
  return { done: false, id, state: 'Queued' };
};

function wantedOf(unpackaged: XmlElement | undefined, packageNames: readonly string[]): Manifest {
  if (unpackaged) {
    const read = readManifest(unpackaged);
    if (read.kind === 'manifest') return read.manifest;
    throw apiFault('INVALID_OPERATION', read.problems.map(({ problem }) => problem).join(' '));
  }
  if (packageNames.length > 0) return { members: [], version: undefined };
  throw apiFault('INVALID_CROSS_REFERENCE_KEY', 'No packages or unpackaged specified');
}

export const checkRetrieveStatus: Operation = (call) => {
  const id = requiredText(call, 'asyncProcessId');
  const found = findRetrieve(call.org, id);
  if (!found) throw apiFault('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  const includesZip = textOf(call.args, 'includeZip') !== 'false';
  return {
    done: true,
    fileProperties: found.fileProperties,
    id,
    messages: found.messages,
    status: 'Succeeded',
    success: true,
    ...(includesZip ? { zipFile: found.zip } : {}),
  };
};

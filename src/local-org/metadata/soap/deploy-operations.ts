import { cancelDeploy, deployValidated, findDeploy, startDeploy, type DeployRefusal } from '../deploy/deploy-jobs.js';
import { readSoapOptions } from '../deploy/deploy-options.js';
import { withoutDetails } from '../deploy/deploy-result.js';
import { childNamed, isTrue, textOf } from '../xml/xml-element.js';
import { requiredText, type Operation, type SoapCall } from './call.js';
import { apiFault, SoapFault, type SoapValue } from './soap-message.js';

/** Starts a deploy and returns its id; the result is there at the first poll. */
export const deploy: Operation = async (call) => {
  const read = readSoapOptions(childNamed(call.args, 'DeployOptions'));
  if (read.kind === 'fault') throw apiFault('INVALID_OPERATION', read.message);
  const zip = zipOf(call);
  const { id } = await startDeploy(call.org, call.userId, zip, read.options);
  return { done: false, id, state: 'Queued' };
};

export const checkDeployStatus: Operation = async (call): Promise<SoapValue> => {
  const found = await findDeploy(call.org, requiredText(call, 'asyncProcessId'));
  if (found.kind === 'refusal') throw toFault(found);
  return isTrue(call.args, 'includeDetails') ? found.result : withoutDetails(found.result);
};

export const cancel: Operation = (call) => {
  // The WSDL names the argument String; jsforce sends id.
  const name = childNamed(call.args, 'String') ? 'String' : 'id';
  const cancelled = cancelDeploy(call.org, call.userId, requiredText(call, name));
  if (cancelled.kind === 'refusal') throw toFault(cancelled);
  return { done: true, id: cancelled.result.id };
};

export const deployRecentValidation: Operation = async (call) => {
  const started = await deployValidated(call.org, call.userId, requiredText(call, 'validationId'));
  if (started.kind === 'refusal') throw toFault(started);
  return started.id;
};

/** Word for word as orgs have it: the text about no zip. */
function zipOf({ args }: SoapCall): Buffer {
  const text = textOf(args, 'ZipFile');
  if (text === undefined) throw apiFault('INVALID_OPERATION', 'No zip file content passed in');
  // In two steps: one expression with white space on both sides of the padding takes time by the square of its length.
  const base64 = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) {
    throw new SoapFault('soapenv:Client', 'ZipFile is not valid for the type xsd:base64Binary');
  }
  return Buffer.from(base64, 'base64');
}

function toFault({ code, message }: DeployRefusal): SoapFault {
  return apiFault(code, message);
}

import { cancelDeploy, deployValidated, findDeploy, startDeploy, type DeployRefusal } from '../deploy/deploy-jobs.js';
import { readSoapOptions } from '../deploy/deploy-options.js';
import { withoutDetails } from '../deploy/deploy-result.js';
import { childNamed, isTrue } from '../xml/xml-element.js';
import { requiredText, type Operation } from './call.js';
import { apiFault, type SoapFault, type SoapValue } from './soap-message.js';

/** Starts a deploy and returns its id; the result is there at the first poll. */
export const deploy: Operation = async (call) => {
  const read = readSoapOptions(childNamed(call.args, 'DeployOptions'));
  if (read.kind === 'fault') throw apiFault('INVALID_OPERATION', read.message);
  const zip = Buffer.from(requiredText(call, 'ZipFile'), 'base64');
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

function toFault({ code, message }: DeployRefusal): SoapFault {
  return apiFault(code, message);
}

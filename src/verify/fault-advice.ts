import type { ServerType } from '../config/connection.js';
import type { Advice } from './advice.js';
import type { FaultKind, NetworkFault } from './network-fault.js';

const proxyAction = 'Check that this machine may reach it: a firewall or a proxy may stand in between (HTTPS_PROXY).';

const rows: Readonly<Record<FaultKind, Advice>> = {
  dns: {
    cause: 'the host name is not known',
    actions: [
      'Check the host name in the instance URL: in the org, Setup > My Domain shows the right one.',
      'Check that this machine is online and may resolve names of the internet.',
    ],
  },
  refused: {
    cause: 'nothing listens there: the connection was refused',
    actions: ['Check host and port of the instance URL.', 'Start the local org if it is one: sf jwt local start'],
  },
  unreachable: { cause: 'there is no way to this host from here', actions: [proxyAction] },
  reset: {
    cause: 'the connection was cut before an answer came',
    actions: ['Run the command again: it may have been a passing fault.', proxyAction],
  },
  'tls-untrusted': {
    cause: 'the TLS certificate of the server comes from an issuer that Node.js does not trust',
    actions: [
      'Name the CA certificate of your company, if a proxy inspects TLS: export NODE_EXTRA_CA_CERTS=/path/to/ca.pem',
      'Check the instance URL: Salesforce itself never shows a self-signed certificate.',
    ],
  },
  tls: {
    cause: 'no secure connection could be made: the TLS certificate does not fit the host or is not valid now',
    actions: ['Check the host name in the instance URL.', 'Check the date and time of this machine.'],
  },
  timeout: {
    cause: 'no answer came in time',
    actions: ['Look for an incident: https://status.salesforce.com', proxyAction],
  },
  insecure: {
    cause: 'the address does not begin with https://, and secrets are not sent in the clear',
    actions: ['Give an instance URL that begins with https://.'],
  },
  'too-large': {
    cause: 'the answer is far too large for what was asked',
    actions: ['Check the instance URL: this does not seem to be Salesforce.'],
  },
  other: {
    cause: 'the request could not be sent',
    actions: ['Run the command again: it may have been a passing fault.', proxyAction],
  },
};

const checkHost = 'Check host and port of the token endpoint in config/jwt-connections.json: server.tokenEndpoint.';

/** Next steps where the server is none of Salesforce's. */
const otherServerActions: Partial<Readonly<Record<FaultKind, readonly string[]>>> = {
  dns: [checkHost, 'Check that this machine is online and may resolve names of the internet.'],
  refused: [checkHost, 'Check that the server is running.'],
  'tls-untrusted': [
    'Name the CA certificate that signed the one of the server: export NODE_EXTRA_CA_CERTS=/path/to/ca.pem',
    checkHost,
  ],
  tls: [checkHost, 'Check the date and time of this machine.'],
  timeout: ['Ask who runs the server whether it is up.', proxyAction],
  insecure: ['Give a token endpoint that begins with https://.'],
  'too-large': [checkHost],
};

/** Cause and next steps of a request that got no answer. */
export function adviseOnFault(fault: NetworkFault, server: ServerType = 'salesforce'): Advice {
  const { cause, actions: orgActions } = rows[fault.fault];
  const actions = (server === 'oauth2' ? otherServerActions[fault.fault] : undefined) ?? orgActions;
  return { cause: fault.code === undefined ? cause : `${cause} (${fault.code})`, actions };
}

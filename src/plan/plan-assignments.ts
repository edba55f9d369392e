import type { Connection } from '../config/connection.js';
import type { Observation } from './observation.js';
import type { Step } from './step.js';

/** Who needs which permission set: the integration user in the server org, and whoever makes callouts in the client org. */
export function planAssignments(connection: Connection, { server: seen, client }: Observation): readonly Step[] {
  const { server, client: settings } = connection;
  return [
    ...(server.type === 'salesforce'
      ? [
          {
            kind: 'assign-permission-set',
            place: 'server',
            subject: `Permission set ${server.app.permissionSet} to ${server.username}`,
            ...verdict(seen?.isAssigned ?? false),
          } as const,
        ]
      : []),
    ...(settings.type === 'named-credential' && client?.caller
      ? [
          {
            kind: 'assign-callout-permission-set',
            place: 'client',
            subject: `Permission set ${settings.permissionSet} to ${client.caller.username}`,
            ...verdict(client.caller.isAssigned),
          } as const,
        ]
      : []),
  ];
}

const verdict = (isAssigned: boolean): Pick<Step, 'action' | 'reason'> =>
  isAssigned ? { action: 'none', reason: 'assigned' } : { action: 'create', reason: 'not assigned yet' };

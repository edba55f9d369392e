import { json, type RouteHandler } from '../http.js';
import { jsonObject } from '../rest/body.js';
import { RestRefusal } from '../rest/refusal.js';
import { isAdmin } from '../users.js';

/**
 * `POST /_local/oauth-approvals` with `{consumerKey, username}`: what a user does on the approval page of an app that users
 * approve themselves, which a local org does not have. Users approve for themselves, administrators for all.
 */
export const approveApp: RouteHandler = async (request, org) => {
  const { consumerKey, username } = jsonObject(request);
  const { findApp } = await import('../apps.js');
  const app = typeof consumerKey === 'string' ? findApp(org, consumerKey) : undefined;
  if (!app) throw new RestRefusal(404, 'NOT_FOUND', 'No app of this org has this "consumerKey".');
  const wanted = typeof username === 'string' ? username.toLowerCase() : undefined;
  const user = org.records
    .all('User')
    .find(({ Id, Username }) =>
      wanted === undefined ? Id === request.userId : String(Username).toLowerCase() === wanted,
    );
  if (!user) throw new RestRefusal(404, 'NOT_FOUND', 'No user of this org has this "username".');
  if (user.Id !== request.userId && !isAdmin(org, request.userId))
    throw new RestRefusal(403, 'INSUFFICIENT_ACCESS', 'Only an administrator may do this.');
  const { approve } = await import('./approval.js');
  approve(org, app, user);
  return json(201, { approved: true, app: app.name, username: user['Username'] });
};

// The process that is measured: local orgs from the built lib, alone in a plain Node.js. Secrets come and go as messages to
// and from the parent, so that they are neither in argv nor in an output.
import { createSign } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { URLSearchParams } from 'node:url';

const lib = new URL('../lib/local-org/index.js', import.meta.url).href;
const jwtBearerGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const deployPath = '/services/data/v67.0/metadata/deployRequest';

let local;

const answers = {
  firstToken,
  async serve({ stateDir }) {
    const { startLocalOrgs } = await import(lib);
    local = await startLocalOrgs({ stateDir, onFault: (error) => console.error(error) });
    return { orgs: local.orgs };
  },
  memory() {
    // Once more for what the first run has let go of.
    globalThis.gc?.();
    globalThis.gc?.();
    return process.memoryUsage();
  },
  async stop() {
    await local?.close();
    return {};
  },
};

process.on('message', ({ kind, ...request }) => {
  void Promise.resolve()
    .then(() => answers[kind](request))
    .then((value) => ({ value }))
    .catch((error) => ({ error: String(error?.stack ?? error) }))
    .then((answer) => process.send(answer, () => kind === 'stop' && process.disconnect()));
});

// Its servers would keep it alive.
process.on('disconnect', () => process.exit());

/** From nothing loaded to the first token, in milliseconds; with a zip, the app is deployed and approved on the way. */
async function firstToken({ stateDir, zip, privateKeyPem, consumerKey }) {
  const begin = performance.now();
  const { startLocalOrgs } = await import(lib);
  const loaded = performance.now();
  local = await startLocalOrgs({ stateDir });
  const started = performance.now();
  const [org] = local.orgs;
  if (zip) await deployApp(org, zip);
  const deployed = performance.now();
  const assertion = sign({ iss: consumerKey, sub: org.username, aud: org.instanceUrl }, privateKeyPem);
  const form = new URLSearchParams({ grant_type: jwtBearerGrant, assertion });
  const { access_token: token } = await call(org, 'POST', '/services/oauth2/token', {
    body: form.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const end = performance.now();
  if (!token) throw new Error('no token');
  return { load: loaded - begin, start: started - loaded, deploy: deployed - started, token: end - deployed };
}

async function deployApp(org, zip) {
  const authorization = `Bearer ${org.accessToken}`;
  const type = 'multipart/form-data; boundary=bench';
  const { id } = await call(org, 'POST', deployPath, {
    body: Buffer.from(zip, 'base64'),
    headers: { authorization, 'content-type': type },
  });
  const { deployResult } = await call(org, 'GET', `${deployPath}/${id}?includeDetails=true`, {
    headers: { authorization },
  });
  const permissionSet = deployResult.details.componentSuccesses.find((one) => one.componentType === 'PermissionSet');
  const user = await call(org, 'GET', '/services/oauth2/userinfo', { headers: { authorization } });
  await call(org, 'POST', '/services/data/v67.0/sobjects/PermissionSetAssignment', {
    body: JSON.stringify({ AssigneeId: user.user_id, PermissionSetId: permissionSet.id }),
    headers: { authorization, 'content-type': 'application/json' },
  });
}

function sign(claims, privateKeyPem) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${encode({ alg: 'RS256' })}.${encode({ ...claims, exp: Math.floor(Date.now() / 1000) + 180 })}`;
  return `${input}.${createSign('RSA-SHA256').update(input).sign(privateKeyPem, 'base64url')}`;
}

/** Not fetch: loading that is no part of what is measured, and takes longer than many an answer. */
async function call(org, method, path, { headers, body }) {
  const { request } = process.getBuiltinModule('node:http');
  return new Promise((resolve, reject) => {
    const sent = request(org.instanceUrl + path, { method, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        if (response.statusCode >= 300) reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
        else resolve(JSON.parse(text));
      });
    });
    sent.on('error', reject).end(body);
  });
}

import type { LocalRequest, LocalResponse, RouteHandler } from '../http.js';
import { html, page, redirect } from './html.js';
import { ImportRefusal, refusals } from './import-refusal.js';

/** Where Salesforce has its page for the import of a JKS. */
export const importPath = '/_ui/security/certificate/KeyStoreImportUi/e';

/** A store with a key has a few kilobytes. What Salesforce takes is not documented. */
const maxStoreBytes = 1024 * 1024;

/** Room for a store that is too large, so that the page can say so. */
export const maxFormBytes = 4 * maxStoreBytes;

/** `GET`: the form. */
export const importForm: RouteHandler = () => Promise.resolve(formPage());

/** `POST`: imports a JKS. Refusals are shown in the page with status 200, as Salesforce's pages do. */
export const importStore: RouteHandler = async (request, org) => {
  if (!isFromHere(request, org.instanceUrl)) {
    return page(403, 'Import from Keystore', html`<div class="errorMsg">This form was sent by another site.</div>`);
  }
  try {
    const { store, password } = await readForm(request);
    const { importKeyStore } = await import('./import-key-store.js');
    const [first = ''] = importKeyStore(org, store, password);
    return redirect(`/${first.slice(0, 15)}`);
  } catch (error) {
    if (error instanceof ImportRefusal) return formPage(error.message);
    throw error;
  }
};

/** `GET /0P1…`: what a certificate is. */
export const showCertificate: RouteHandler = async ({ params }, org) => {
  const row = org.records.get('Certificate', params['id'] ?? '');
  if (!row) return page(404, 'Data Not Available', html`<div class="errorMsg">Data Not Available</div>`);
  const { X509Certificate } = await import('node:crypto');
  const { fingerprint256, subject } = new X509Certificate(String(row['CertificateChain']));
  const facts = [
    ['Label', String(row['MasterLabel'])],
    ['Unique Name', String(row['DeveloperName'])],
    ['Key Size', String(row['KeySize'])],
    ['Expiration Date', String(row['ExpirationDate'])],
    ['Subject', subject.replaceAll('\n', ', ')],
    ['SHA-256 Fingerprint', fingerprint256],
  ] as const;
  const rows = facts.map(
    ([name, value]) =>
      html`<dt>${name}</dt>
        <dd>${value}</dd>`,
  );
  return page(200, `Certificate ${String(row['MasterLabel'])}`, html`<dl>${rows}</dl>`);
};

/**
 * The names `Password` and `save` are those that tools look for in Salesforce's page (sfdx-browserforce-plugin); that of the
 * file is an assumption, since they take any file input.
 */
function formPage(error?: string): LocalResponse {
  const shown = error === undefined ? [] : [html`<div class="errorMsg">${error}</div>`];
  return page(
    200,
    'Import from Keystore',
    html`${shown}
      <form method="post" enctype="multipart/form-data" action="${importPath}">
        <p>
          <label>Java keystore (JKS) <input type="file" id="File" name="File" /></label>
        </p>
        <p>
          <label>Keystore password <input type="password" id="Password" name="Password" autocomplete="off" /></label>
        </p>
        <p><input type="submit" name="save" value="Save" /></p>
      </form>`,
  );
}

/** A browser says which site a form comes from; what is no browser says nothing. */
function isFromHere({ headers: { origin, host } }: LocalRequest, instanceUrl: string): boolean {
  return origin === undefined || origin === `${new URL(instanceUrl).protocol}//${host}`;
}

/** @throws ImportRefusal */
async function readForm(request: LocalRequest): Promise<{ readonly store: Buffer; readonly password: string }> {
  const { readMultipart } = await import('../metadata/rest/read-multipart.js');
  const form = await readMultipart(request.headers, request.body);
  if (form.kind === 'fault') throw new ImportRefusal(refusals.formUnreadable);
  const store = form.parts.get('File') ?? Buffer.alloc(0);
  if (store.length === 0) throw new ImportRefusal(refusals.fileMissing);
  if (store.length > maxStoreBytes) throw new ImportRefusal(refusals.fileTooLarge);
  return { store, password: form.parts.get('Password')?.toString('utf8') ?? '' };
}

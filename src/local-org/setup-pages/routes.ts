import type { Route } from '../http.js';
import { forAdmins, frontdoor, loginHint } from './browser-session.js';
import { importForm, importPath, importStore, maxFormBytes, showCertificate } from './certificate-pages.js';

const importPage = new RegExp(`^${importPath}/?$`);

/** The pages of a local org for a browser. They check sessions themselves: a browser is sent to a page, not given an error. */
export const setupPageRoutes: readonly Route[] = [
  { method: 'GET', pattern: /^\/$/, handler: loginHint, session: 'none' },
  { method: 'GET', pattern: /^\/secur\/frontdoor\.jsp$/, handler: frontdoor, session: 'none' },
  { method: 'GET', pattern: importPage, handler: forAdmins(importForm), session: 'none' },
  {
    method: 'POST',
    pattern: importPage,
    handler: forAdmins(importStore),
    session: 'none',
    maxBodyBytes: maxFormBytes,
  },
  { method: 'GET', pattern: /^\/(?<id>0P1\w{12}(?:\w{3})?)$/, handler: forAdmins(showCertificate), session: 'none' },
];

import { importPage } from '../apply/import-key-store.js';
import { JwtError } from '../errors.js';
import type { RunningOrg } from '../local-org/index.js';

/**
 * Imports a keystore into a local org as a person would: opens the page, fills its form in and saves it.
 *
 * @throws JwtError `keyStoreRefused` with what the page says
 */
export async function importIntoLocalOrg(
  org: RunningOrg,
  keyStore: { readonly name: string; readonly bytes: Uint8Array; readonly password: string },
  fetch = globalThis.fetch,
): Promise<void> {
  const url = new URL(importPage, org.instanceUrl);
  const headers = { authorization: `Bearer ${org.accessToken}` };
  const page = await (await fetch(url, { headers })).text();
  const form = new FormData();
  for (const { type, name, value } of inputsOf(page)) {
    if (type === 'file') form.set(name, new Blob([new Uint8Array(keyStore.bytes)]), keyStore.name);
    else if (type === 'password') form.set(name, keyStore.password);
    else if (type === 'hidden' || type === 'submit') form.set(name, value);
  }
  // A page that took the store leads to the certificate; one that did not is shown again, with the reason.
  const answer = await fetch(url, { method: 'POST', headers, body: form, redirect: 'manual' });
  if (answer.status === 302) return;
  const reason = /<div class="errorMsg">([^<]*)<\/div>/.exec(await answer.text())?.[1];
  throw new JwtError('keyStoreRefused', [org.alias, unescaped(reason ?? `HTTP ${answer.status}`), org.alias]);
}

type Input = { readonly type: string; readonly name: string; readonly value: string };

function inputsOf(page: string): readonly Input[] {
  return [...page.matchAll(/<input\b[^>]*>/g)].flatMap(([tag]) => {
    const name = attributeOf(tag, 'name');
    return name === undefined
      ? []
      : [{ type: attributeOf(tag, 'type') ?? 'text', name, value: attributeOf(tag, 'value') ?? '' }];
  });
}

const attributeOf = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

const unescaped = (text: string): string =>
  text.replace(/&(?:lt|gt|quot|amp|#39);/g, (entity) => entities[entity] ?? '');

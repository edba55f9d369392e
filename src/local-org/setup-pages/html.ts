import type { LocalResponse } from '../http.js';

/** Markup that is safe to be put into a page as it is. */
export class Html {
  public constructor(public readonly markup: string) {}
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template whose values are escaped, unless they are markup already; lists of markup are joined. */
export function html(strings: TemplateStringsArray, ...values: readonly (string | Html | readonly Html[])[]): Html {
  return new Html(strings.map((text, index) => text + markupOf(values[index] ?? '')).join(''));
}

function markupOf(value: string | Html | readonly Html[]): string {
  if (value instanceof Html) return value.markup;
  if (typeof value !== 'string') return value.map(({ markup }) => markup).join('');
  return value.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/** No script runs in these pages, no other page holds one in a frame, and their forms go to this org only. */
const contentPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A page. Clients must not keep it: it is one user's. */
export function page(status: number, title: string, content: Html): LocalResponse {
  const style = 'body { font: 16px sans-serif; margin: 2em; max-width: 50em } .errorMsg { color: #a00 }';
  const body = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        <h1>${title}</h1>
        ${content}
      </body>
    </html> `;
  return {
    status,
    headers: {
      'content-type': 'text/html;charset=UTF-8',
      'content-security-policy': contentPolicy,
      'cache-control': 'no-store',
      // Not "no-referrer": with it, browsers hide the origin of the form that the import page has to know.
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
    body: body.markup,
  };
}

/** Sends a browser to a path of this org. @param path As `localPath` returns it */
export function redirect(path: string, headers: Readonly<Record<string, string>> = {}): LocalResponse {
  return { status: 302, headers: { location: path, 'cache-control': 'no-store', ...headers }, body: '' };
}

// Control, format (bidi overrides among them) and unpaired surrogate characters, and the two line separators of Unicode.
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu;
const secrets = [
  // A JWT: a server that quotes the request must not make us print the assertion.
  /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g,
  // An access token or session id of Salesforce: org id, exclamation mark, characters.
  /\b00D\w{12,15}![\w.\-/+=]+/g,
];

/** How much of a server's text we quote, in characters. */
export const maxQuotedLength = 300;

/** Text from a server, fit to be shown in one line: no control or direction characters, no tokens, of bounded length. */
export function quotable(text: string): string {
  const oneLine = text.replace(unprintable, ' ').replace(/ {2,}/g, ' ').trim();
  const safe = secrets.reduce((shown, secret) => shown.replace(secret, '[secret]'), oneLine);
  const characters = Array.from(safe);
  return characters.length > maxQuotedLength ? `${characters.slice(0, maxQuotedLength).join('')}…` : safe;
}

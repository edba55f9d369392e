/** What a secret looks like in text. Only the kind is ever reported: a report must not print what it found. */
const patterns = {
  // None matches its own source, of which loaders keep copies in temporary folders.
  'private key': /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----|BADANBgkqhkiG9w0BAQEFAAS[C]|MIIE[op][A-Z]IBAAKCAQEA/,
  'signed JWT': /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}/,
  'access token': /00D[A-Za-z0-9]{12,15}![\w.]{8,}/,
} as const;

export type SecretKind = keyof typeof patterns | 'password';

const passwords = new Set<string>();

/** Makes a password known, so that it is found wherever the suite prints or writes it. Very short ones would match anything. */
export function registerPassword(password: string): string {
  if (password.length >= 6) passwords.add(password);
  return password;
}

/** The kinds of secrets in a text; empty when there are none. */
export function secretsIn(text: string): readonly SecretKind[] {
  const kinds: SecretKind[] = (Object.keys(patterns) as (keyof typeof patterns)[]).filter((kind) =>
    patterns[kind].test(text),
  );
  return [...passwords].some((password) => text.includes(password)) ? [...kinds, 'password'] : kinds;
}

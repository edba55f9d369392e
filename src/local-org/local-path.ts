/**
 * The path (with query) that a text from outside leads to, `/` where that is not in this org: nobody gets a link that begins
 * here and ends elsewhere.
 */
export function localPath(text: string | null, origin: string): string {
  const url = URL.parse(text ?? '/', origin);
  if (url?.origin !== new URL(origin).origin) return '/';
  // Two slashes at the beginning would make a host of what follows.
  return `/${url.pathname.replace(/^\/+/, '')}${url.search}`;
}

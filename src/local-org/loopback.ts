/**
 * The URL in a text, where it leads to this machine; undefined for any other. A local org must not become a way to send
 * requests of one's own choice to other machines.
 */
export function loopbackUrl(text: string): URL | undefined {
  const url = URL.parse(text);
  const isHere = url && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname) && /^https?:$/.test(url.protocol);
  return isHere ? url : undefined;
}

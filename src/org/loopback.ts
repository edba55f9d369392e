/** Whether a URL leads to this machine (RFC 6761 section 6.3, RFC 5735 section 3). */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

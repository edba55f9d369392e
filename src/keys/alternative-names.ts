import { isIP } from 'node:net';
import { OctetString } from 'asn1js';
import { GeneralName, GeneralNames } from 'pkijs';

/** Kinds of a GeneralName (RFC 5280 section 4.2.1.6). */
const dnsName = 2;
const ipAddress = 7;

/** The names of a subjectAltName: DNS names, and IP addresses in four or sixteen bytes. */
export function alternativeNames(hosts: readonly string[]): GeneralNames {
  const names = hosts.map((host) => {
    const bytes = addressBytes(host);
    return bytes
      ? new GeneralName({ type: ipAddress, value: new OctetString({ valueHex: bytes }) })
      : new GeneralName({ type: dnsName, value: host });
  });
  return new GeneralNames({ names });
}

function addressBytes(host: string): Uint8Array | undefined {
  const version = isIP(host);
  if (version === 0) return undefined;
  return version === 4 ? Uint8Array.from(host.split('.').map(Number)) : ipv6Bytes(host);
}

/** RFC 4291 section 2.2: eight groups of four hexadecimal digits; two colons stand for as many zeros as are missing. */
function ipv6Bytes(host: string): Uint8Array {
  const [before = [], after = []] = host.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

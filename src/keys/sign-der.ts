import { sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { BitString, Null, Sequence } from 'asn1js';
import { AlgorithmIdentifier } from 'pkijs';

/** RFC 4055 section 5: the parameters of this algorithm are NULL, which pkijs leaves out when it signs. */
export function sha256WithRsa(): AlgorithmIdentifier {
  return new AlgorithmIdentifier({ algorithmId: '1.2.840.113549.1.1.11', algorithmParams: new Null() });
}

/** DER of what is to be signed, its algorithm and its signature: the frame of certificates and requests alike. */
export function signDer(toBeSigned: Sequence, privateKey: KeyObject): Buffer {
  const signature = sign('sha256', Buffer.from(toBeSigned.toBER()), privateKey);
  const value = [toBeSigned, sha256WithRsa().toSchema(), new BitString({ valueHex: signature })];
  return Buffer.from(new Sequence({ value }).toBER());
}

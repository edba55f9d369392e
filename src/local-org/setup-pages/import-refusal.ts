/** An import that is refused; the page shows the text. */
export class ImportRefusal extends Error {
  public constructor(text: string) {
    super(text);
    this.name = 'ImportRefusal';
  }
}

/** Why an import is refused, in Salesforce's words where they are known. */
export const refusals = {
  /** Seen in the field (Salesforce Stack Exchange 61618): a new org has no certificate and no identity provider. */
  dataNotAvailable: 'Data Not Available',
  /** These five stand in Salesforce Help: Export and Import Certificates with a Keystore. */
  noPrivateKey: "No certificate was imported because the keystore file doesn't contain a PrivateKey entry.",
  notRsa: 'The key is not an RSA key.',
  notPkcs8: 'The key must be in PKCS#8 format.',
  keySize: 'Imported keys must have a bit size of 2048, 3072, or 4096.',
  chainDiffers: 'The private key does not match the certificate chain in the keystore.',
  /** Salesforce Help, article 000387714. */
  keyPasswordDiffers: (alias: string): string =>
    `The Keystore contains a certificate '${alias}' whose per key password is not the same as the keystore password.`,
  /** Java says so of a wrong password; that Salesforce passes it on is an assumption. */
  passwordWrong: 'Keystore was tampered with, or password was incorrect',
  /** The texts from here on are ours: what Salesforce says is not known. Salesforce Help asks for the JKS format. */
  notJks: 'The keystore file must be in the JKS format.',
  damaged: 'The keystore file is damaged.',
  fileMissing: 'Choose a keystore file.',
  fileTooLarge: 'The keystore file is larger than a local org takes.',
  nameTaken: (name: string): string => `There is already a certificate with the unique name ${name}.`,
  formUnreadable: 'The form could not be read.',
} as const;

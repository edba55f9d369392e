/** Whether an object is a custom metadata type: by the end of its name. */
export function isCustomMetadataType(object: string): boolean {
  return object.endsWith('__mdt');
}

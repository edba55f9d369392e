/** Developer names are one whatever the case of their letters; orgs show them as they were first written. */
export function isSameName(left: string, right: string): boolean {
  return nameKey(left) === nameKey(right);
}

/** What a name is looked up by. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}

/** A value as one word of a POSIX shell: as it is where it can be, else in single quotes. */
export const shellQuoted = (value: string): string =>
  /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;

/** The lines of a printed text that are commands to paste. */
export const commandsIn = (printed: string): readonly string[] =>
  printed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^(sf|rm|mkdir|openssl|keytool) /.test(line));

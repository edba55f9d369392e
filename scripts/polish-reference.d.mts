type Command = {
  readonly errorCodes?: {
    readonly header: string;
    readonly body: ReadonlyArray<{ readonly name: string; readonly description: string }>;
  };
};

/**
 * Puts right what oclif wrote.
 *
 * @param reference Markdown as `oclif readme` writes it
 * @param commands The commands of the manifest, by their ids
 */
export function polishReference(reference: string, commands: Readonly<Record<string, Command>>): string;

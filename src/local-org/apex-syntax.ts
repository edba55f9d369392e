export type ApexSyntaxFault = { readonly line: number; readonly column: number; readonly message: string };

/**
 * What is wrong with the syntax of Apex, in the order of the text; empty where nothing is. Lines and columns count from 1, as
 * an org counts them. Says nothing about types, methods or variables: that takes a compiler, which a local org has not.
 */
export async function apexSyntaxFaults(
  source: string,
  kind: 'class' | 'anonymous',
): Promise<readonly ApexSyntaxFault[]> {
  const { ApexErrorListener, ApexParserFactory } = await import('@apexdevtools/apex-parser');
  const faults: ApexSyntaxFault[] = [];
  class FaultListener extends ApexErrorListener {
    public override apexSyntaxError(line: number, columnFromZero: number, message: string): void {
      faults.push({ line, column: columnFromZero + 1, message });
    }
  }
  // One listener on both: a bad escape in a text is known to the lexer only, a missing brace to the parser only.
  const { parser } = ApexParserFactory.createLexerAndParser(source, new FaultListener());
  if (kind === 'class') parser.compilationUnit();
  else parser.anonymousUnit();
  return faults;
}

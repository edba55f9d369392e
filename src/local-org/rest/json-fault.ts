/**
 * Why a text is no JSON, in the words of the parser that Salesforce uses (Jackson), with the place behind the character that
 * is wrong. Undefined where nothing is wrong, but for what only JavaScript minds.
 */
export function jsonFault(text: string): string | undefined {
  return new Scan(text).run();
}

/** How many objects and arrays may stand in each other: as Jackson has it since 2.15. What is deeper ends in stack overflows. */
const maxDepth = 1000;

/** Where in a text the value of a member stands, like `[line:1, column:9]`; where there are several, the first. */
export function placeOfMember(text: string, name: string): string {
  const key = JSON.stringify(name).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = new RegExp(`${key}\\s*:\\s*`).exec(text);
  return place(text, found ? found.index + found[0].length + 1 : 1);
}

const anyValue = "expected a valid value (number, String, array, object, 'true', 'false' or 'null')";
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// `\p{Cc}` would refuse more than JSON does: of the control characters only those below the space.
const plain = String.raw`[^"\\\u0000-\u001f]*`;
const escape = String.raw`\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})`;
const brokenString = new RegExp(`"${plain}(?:${escape}${plain})*`, 'y');
const string = new RegExp(`${brokenString.source}"`, 'y');
const word = /[A-Za-z_$][\w$]*/y;

type Context = 'OBJECT' | 'ARRAY';

class Scan {
  #at = 0;
  readonly #open: Context[] = [];

  public constructor(private readonly text: string) {}

  public run(): string | undefined {
    let fault = this.#value();
    while (fault === undefined && this.#open.length > 0) fault = this.#behindValue();
    if (fault !== undefined) return fault;
    return this.#peek() === '' ? undefined : this.#unexpected(anyValue, ': ');
  }

  /** A value, or the beginning of an object or an array. */
  #value(): string | undefined {
    const next = this.#peek();
    if (next === '{') return this.#opened('OBJECT', '}', () => this.#member());
    if (next === '[') return this.#opened('ARRAY', ']', () => this.#value());
    if (next === '"') return this.#string();
    if (next === '-' || /\d/.test(next)) return this.#number();
    return this.#word(next);
  }

  #opened(context: Context, end: string, first: () => string | undefined): string | undefined {
    this.#at += 1;
    if (this.#peek() === end) {
      this.#at += 1;
      return undefined;
    }
    this.#open.push(context);
    if (this.#open.length <= maxDepth) return first();
    return `Document nesting depth (${maxDepth + 1}) exceeds the maximum allowed (${maxDepth})${this.#here(1)}`;
  }

  #member(): string | undefined {
    if (this.#peek() !== '"') return this.#unexpected('was expecting double-quote to start field name', ': ');
    const fault = this.#string();
    if (fault !== undefined) return fault;
    if (this.#peek() !== ':') return this.#unexpected('was expecting a colon to separate field name and value', ': ');
    this.#at += 1;
    return this.#value();
  }

  #behindValue(): string | undefined {
    const context = this.#open.at(-1) ?? 'ARRAY';
    const next = this.#peek();
    if (next === (context === 'OBJECT' ? '}' : ']')) {
      this.#at += 1;
      this.#open.pop();
      return undefined;
    }
    if (next !== ',') return this.#unexpected(`was expecting comma to separate ${context} entries`, ': ');
    this.#at += 1;
    return context === 'OBJECT' ? this.#member() : this.#value();
  }

  #string(): string | undefined {
    if (this.#take(string) !== undefined) return undefined;
    this.#take(brokenString);
    const character = this.text.charAt(this.#at);
    if (character === '') return this.#ended(' in a String value');
    const code = character.charCodeAt(0);
    if (character === '\\') {
      const escaped = this.text.charAt(this.#at + 1);
      return `Unrecognized character escape '${escaped}' (code ${escaped.charCodeAt(0)})${this.#here(3)}`;
    }
    return `Illegal unquoted character ((CTRL-CHAR, code ${code})): has to be escaped using backslash to be included in string value${this.#here(2)}`;
  }

  #number(): string | undefined {
    if (this.#take(number) !== undefined) return undefined;
    this.#at += 1;
    return this.#unexpected(
      'expected digit (0-9) to follow minus sign, for valid numeric value',
      ' in numeric value: ',
    );
  }

  #word(next: string): string | undefined {
    if (!/[tfn]/.test(next)) return this.#unexpected(anyValue, ': ');
    const found = this.#take(word) ?? '';
    if (['true', 'false', 'null'].includes(found)) return undefined;
    return `Unrecognized token '${found.slice(0, 50)}': was expecting 'null', 'true', 'false' or NaN${this.#here(1)}`;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  /** The next character that is no white space; empty at the end. */
  #peek(): string {
    while (/[ \t\r\n]/.test(this.text.charAt(this.#at))) this.#at += 1;
    return this.text.charAt(this.#at);
  }

  #unexpected(expectation: string, separator: string): string {
    const character = String.fromCodePoint(this.text.codePointAt(this.#at) ?? 0);
    if (this.#at >= this.text.length) return this.#ended('');
    const shown = /\p{C}/u.test(character) ? '(CTRL-CHAR' : `('${character}' (`;
    const code =
      shown === '(CTRL-CHAR'
        ? `${shown}, code ${character.charCodeAt(0)})`
        : `${shown}code ${character.codePointAt(0)}))`;
    return `Unexpected character ${code}${separator}${expectation}${this.#here(2)}`;
  }

  #ended(where: string): string {
    return `Unexpected end-of-input${where}${this.#here(1)}`;
  }

  #here(offset: number): string {
    return ` at ${place(this.text, this.#at + offset)}`;
  }
}

function place(text: string, column: number): string {
  const before = text.slice(0, Math.max(column - 2, 0));
  const lineStart = before.lastIndexOf('\n') + 1;
  return `[line:${before.split('\n').length}, column:${column - lineStart}]`;
}

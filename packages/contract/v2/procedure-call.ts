/**
 * A task flow by its name and arguments, written like a call in Lua (docs/wire/processing.md, Task flows):
 * `QCVB_SimpleProcessFile({210,220}, 1, 10)`. Pure; whatever a client sends, nothing but ProcedureSyntaxError is thrown.
 */
export interface ProcedureCall {
  name: string;
  /** Empty for a name without brackets, too. */
  arguments: ProcedureValue[];
}

/** null is nil. A table is a list: one with names in it is not known to the documents. */
export type ProcedureValue = null | boolean | number | string | ProcedureValue[];

/** Bounds that no honest call comes near; characters, and tables within tables. */
const MAX_LENGTH = 4096;
const MAX_TABLES = 8;

export class ProcedureSyntaxError extends Error {
  override name = 'ProcedureSyntaxError';
}

/** @throws ProcedureSyntaxError with what is wrong, and where */
export function parseProcedureCall(text: string): ProcedureCall {
  if (text.length > MAX_LENGTH) throw new ProcedureSyntaxError(`has more than ${MAX_LENGTH} characters`);
  const reader = new Reader(text);
  const name = reader.take(/[A-Za-z_][A-Za-z0-9_]*/y) ?? reader.fail('the name of a procedure');
  const hasArguments = reader.take(/\(/y) !== null;
  const values = hasArguments ? list(reader, /\)/y, () => value(reader, 0)) : [];
  if (!reader.isAtEnd()) reader.fail(hasArguments ? 'the end' : '( or the end');
  return { name, arguments: values };
}

/** The one form of a call that parses to it. */
export function printProcedureCall({ name, arguments: values }: ProcedureCall): string {
  return `${name}(${values.map(print).join(', ')})`;
}

function print(value: ProcedureValue): string {
  if (value === null) return 'nil';
  if (Array.isArray(value)) return `{${value.map(print).join(', ')}}`;
  if (typeof value !== 'string') return String(value);
  const quoted = value.replace(/[\\"\n\r\0]/g, (character) => ESCAPES.get(character)!);
  return `"${quoted}"`;
}

const ESCAPES = new Map([
  ['\\', '\\\\'],
  ['"', '\\"'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\0', '\\000'],
]);

const UNESCAPED: Record<string, string> = {
  ...{ n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b', f: '\f', v: '\v' },
  ...{ '\\': '\\', '"': '"', "'": "'", '\n': '\n' },
};

/** Text that is read from its beginning, a token at a time, with blanks before each. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next token, if it is one of this sticky pattern's; else null, and nothing was read. */
  take(pattern: RegExp): string | null {
    this.#skipBlanks();
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    this.#at += found?.length ?? 0;
    return found;
  }

  isAtEnd(): boolean {
    this.#skipBlanks();
    return this.#at === this.#text.length;
  }

  fail(wanted: string): never {
    const found = this.#at < this.#text.length ? `“${this.#text.slice(this.#at, this.#at + 10)}”` : 'the end';
    throw new ProcedureSyntaxError(`${wanted} is expected at character ${this.#at + 1}, not ${found}`);
  }

  #skipBlanks(): void {
    while (/[ \t\r\n\v\f]/.test(this.#text.charAt(this.#at))) this.#at++;
  }
}

/** Up to the closing bracket; the opening one has been read. */
function list<T>(reader: Reader, close: RegExp, element: () => T): T[] {
  const elements: T[] = [];
  if (reader.take(close) !== null) return elements;
  for (;;) {
    elements.push(element());
    if (reader.take(close) !== null) return elements;
    if (reader.take(/,/y) === null) reader.fail('a comma or a closing bracket');
  }
}

function value(reader: Reader, depth: number): ProcedureValue {
  const word = reader.take(/(?:nil|true|false)(?![A-Za-z0-9_])/y);
  if (word !== null) return word === 'nil' ? null : word === 'true';
  const number = reader.take(/-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![A-Za-z0-9_.])/y);
  // Minus nothing is nothing.
  if (number !== null)
    return Number.isFinite(Number(number)) ? Number(number) + 0 : reader.fail('a smaller number');
  const quoted = reader.take(
    /"(?:[^"\\\r\n]|\\(?:\d{1,3}|[^\d\r]))*"|'(?:[^'\\\r\n]|\\(?:\d{1,3}|[^\d\r]))*'/y,
  );
  if (quoted !== null) return unquoted(quoted);
  if (reader.take(/\{/y) === null) return reader.fail('a number, a text, true, false, nil or a table');
  if (depth === MAX_TABLES)
    throw new ProcedureSyntaxError(`has more than ${MAX_TABLES} tables within each other`);
  return list(reader, /\}/y, () => value(reader, depth + 1));
}

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(\d{1,3}|[\s\S])/g, (_, escaped: string) => {
    if (/^\d/.test(escaped)) {
      if (Number(escaped) > 255) throw new ProcedureSyntaxError(`\\${escaped} is no character`);
      return String.fromCharCode(Number(escaped));
    }
    const character = UNESCAPED[escaped];
    if (character === undefined) throw new ProcedureSyntaxError(`\\${escaped} is no character`);
    return character;
  });
}

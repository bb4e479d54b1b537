import { FREE, KNOWS_CODES } from '../places.ts';
import { isNode, parseSource, type SyntaxNode, walk } from './syntax.ts';

/**
 * Every place of packages/server, outside of what speaks a generation of the API, that says one of its codes in digits.
 * A number is often just a number: 5000 may be milliseconds and 1152 pixels. So round and small ones count only where
 * something called a code or an error is near: `code: 5000`, `code === 5000`, `new ApiError(5000, …)`.
 * Those below 1000 (InitUpload succeeds with 1) are not looked for.
 */
export function codeViolations(file: string, text: string, codes: ReadonlySet<number>): string[] {
  if (!file.startsWith('packages/server/') || FREE.test(file)) return [];
  if (KNOWS_CODES.some((place) => place.test(file))) return [];
  const { program, lineAt } = parseSource(file, text);
  const violations: string[] = [];
  walk(program, (node, above) => {
    const value = numberOf(node, above);
    if (value === undefined || Math.abs(value) < 1000 || !codes.has(value)) return;
    const telling = Math.abs(value) >= 1900 && value % 100 !== 0;
    if (telling || isCalledCode(above))
      violations.push(
        `${file}:${lineAt(node.start)}: ${value} is a code of the API: say what went wrong, the handlers know its number`,
      );
  });
  return violations;
}

/** The value of a number in the text, with its sign; undefined for other nodes. */
function numberOf(node: SyntaxNode, above: readonly SyntaxNode[]): number | undefined {
  if (node.type !== 'Literal' || typeof node.value !== 'number') return undefined;
  const parent = above.at(-1);
  const negative = parent?.type === 'UnaryExpression' && parent.operator === '-';
  return negative ? -node.value : node.value;
}

const CALLED_CODE = /code(?!d|c|r)|error|refus/i;

/** Whether the nearest thing around a number that has a name is called a code or an error. */
function isCalledCode(above: readonly SyntaxNode[]): boolean {
  const holder = above.findLast(({ type }) => type !== 'UnaryExpression' && type !== 'ConditionalExpression');
  switch (holder?.type) {
    case 'Property':
    case 'PropertyDefinition':
      return names(holder.key);
    case 'VariableDeclarator':
      return names(holder.id);
    case 'AssignmentExpression':
      return names(holder.left);
    case 'BinaryExpression':
      return names(holder.left) || names(holder.right);
    case 'CallExpression':
    case 'NewExpression':
      return names(holder.callee);
    case 'SwitchCase':
      return names(above.findLast(({ type }) => type === 'SwitchStatement')?.discriminant);
    case 'ReturnStatement':
    case 'ArrowFunctionExpression': {
      const body = above.findLast(
        ({ type }) => type === 'FunctionDeclaration' || type === 'VariableDeclarator',
      );
      return names(body?.id);
    }
    default:
      return false;
  }
}

/** Whether the last name in an expression (`error.code`, `code`) sounds like a code. */
function names(node: unknown): boolean {
  if (!isNode(node)) return false;
  if (node.type === 'Identifier') return CALLED_CODE.test(String(node.name));
  return node.type === 'MemberExpression' && names(node.property);
}

import { FREE } from '../places.ts';
import { parseSource, type SyntaxNode, walk } from './syntax.ts';

const SERVER = /^packages\/server\/.*\.ts$/;
const FUNCTION = /Function|MethodDefinition/;
/** Grow when they are made empty. */
const COLLECTIONS = new Set(['Map', 'Set']);
/** Queues without an end. */
const QUEUES = new Set(['PQueue', 'Mutex']);

/** What says, above it or behind it on its line, why a collection cannot grow for ever. */
const REASON = /bounded by: \S/;

/**
 * Collections of packages/server that live as long as the process or an object of it and can grow: a Map, a Set or an array in a field
 * of a class, at the top of a file, or in a function that hands out methods which use it. Whoever can send requests can fill them, unless something says no. The same goes for a queue (PQueue, Mutex). So each is a `BoundedMap` or a `BoundedQueue`, is
 * filled where it is made and never after (`new Map([…])` at the top of a file), or has a comment `bounded by: …` that says what holds it.
 */
export function growthViolations(file: string, text: string): string[] {
  if (!SERVER.test(file) || FREE.test(file)) return [];
  const { program, comments, lineAt } = parseSource(file, text);
  const violations: string[] = [];
  walk(program, (node, above) => {
    const what = growing(node);
    if (what === null) return;
    const holder = holderOf(above);
    if (holder === null) return;
    const line = lineAt(holder.start);
    const isExplained = comments.some(
      ({ value, start, end }) =>
        REASON.test(value) && (lineAt(end) === line - 1 || lineAt(start) === lineAt(node.start)),
    );
    if (!isExplained)
      violations.push(
        `${file}:${lineAt(node.start)}: ${what} may grow: say \`bounded by: …\`, or take BoundedMap or BoundedQueue`,
      );
  });
  return violations;
}

/** What a node makes that is empty yet; null when it makes nothing that grows. */
function growing(node: SyntaxNode): string | null {
  if (node.type === 'ArrayExpression') return (node.elements as unknown[]).length === 0 ? 'an array' : null;
  if (node.type !== 'NewExpression') return null;
  const { name = '' } = node.callee as { name?: string };
  const isEmpty = (node.arguments as unknown[]).length === 0;
  return QUEUES.has(name) || (isEmpty && COLLECTIONS.has(name)) ? `a ${name}` : null;
}

/** The field or the declaration that keeps what is made here beyond the call that makes it; null when it ends with that. */
function holderOf(above: readonly SyntaxNode[]): SyntaxNode | null {
  const field = above.at(-1);
  if (field?.type === 'PropertyDefinition') return field;
  const isMade = above.some(({ type, kind }) => type === 'MethodDefinition' && kind === 'constructor');
  if (field?.type === 'AssignmentExpression' && isMade) return field;
  if (field?.type !== 'VariableDeclarator') return null;
  const maker = above.findLast(({ type }) => FUNCTION.test(type));
  const livesOn = maker === undefined || isUsedWithin(maker, (field.id as { name?: string }).name);
  return livesOn ? (above.findLast(({ type }) => type === 'VariableDeclaration') ?? null) : null;
}

/** Whether a function's inner functions and methods use a name: what it hands out lives on with them. Mere callbacks do not count. */
function isUsedWithin(maker: SyntaxNode, name: string | undefined): boolean {
  let isUsed = false;
  walk(maker, (node, above) => {
    if (node.type !== 'Identifier' || node.name !== name) return;
    isUsed ||= above.slice(1).some(({ type, value }) => {
      const isMethod = type === 'Property' && FUNCTION.test((value as SyntaxNode).type);
      return type === 'FunctionDeclaration' || isMethod;
    });
  });
  return isUsed;
}

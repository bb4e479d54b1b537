import { FREE } from '../places.ts';
import { isNode, parseSource, type SyntaxNode, walk } from './syntax.ts';

/** Whose methods are looked at. Those of packages/sdk are for applications, which are not here. */
const OWNER = /^packages\/server\//;
const USER = /^(packages|bench|scripts)\//;

export interface Method {
  name: string;
  /** File and line. */
  place: string;
}

/**
 * Methods of classes and interfaces that nothing but tests calls; `sources` are texts by path. It goes by the name alone: a method
 * that shares its name with one in use is not found.
 */
export function uncalledMethods(sources: ReadonlyMap<string, string>): Method[] {
  const declared: Method[] = [];
  const used = new Set<string>();
  for (const [file, text] of sources) {
    if (!/\.ts$/.test(file) || FREE.test(file) || !USER.test(file)) continue;
    const { program, lineAt } = parseSource(file, text);
    walk(program, (node, above) => {
      for (const name of usesOf(node)) used.add(name);
      const name = OWNER.test(file) ? methodOf(node, above) : null;
      if (name !== null) declared.push({ name, place: `${file}:${lineAt(node.start)}` });
    });
  }
  return declared.filter(({ name }) => !used.has(name));
}

/** Names that a node takes out of an object: `a.name`, `a['name']`, `const { name } = a`. */
function usesOf(node: SyntaxNode): string[] {
  if (node.type === 'MemberExpression') return namesOf(node.property);
  if (node.type !== 'ObjectPattern') return [];
  return (node.properties as SyntaxNode[]).flatMap(({ key }) => namesOf(key));
}

/** The name of the method that a node declares, in an interface or in a class that stands on nothing else. */
function methodOf(node: SyntaxNode, above: readonly SyntaxNode[]): string | null {
  const [name] = namesOf(node.key);
  if (name === undefined) return null;
  if (node.type === 'TSMethodSignature') return name;
  if (node.type === 'TSPropertySignature') return isFunctionType(node.typeAnnotation) ? name : null;
  if (node.type !== 'MethodDefinition' || node.kind === 'constructor') return null;
  const owner = above.findLast(({ type }) => type === 'ClassDeclaration' || type === 'ClassExpression');
  // What a class promises to others is looked at where the promise is ours.
  const promises = (owner?.implements as unknown[] | undefined) ?? [];
  return isNode(owner?.superClass) || promises.length > 0 ? null : name;
}

function isFunctionType(annotation: unknown): boolean {
  return isNode(annotation) && isNode(annotation.typeAnnotation)
    ? annotation.typeAnnotation.type === 'TSFunctionType'
    : false;
}

function namesOf(node: unknown): string[] {
  if (!isNode(node)) return [];
  if (node.type === 'Identifier' || node.type === 'PrivateIdentifier') return [String(node.name)];
  return node.type === 'Literal' && typeof node.value === 'string' ? [node.value] : [];
}

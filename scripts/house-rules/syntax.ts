import { type Comment, parseSync } from 'oxc-parser';

/** A node of the syntax tree (ESTree). What its kind holds beside `type` is looked at by name. */
export interface SyntaxNode {
  type: string;
  start: number;
  [part: string]: unknown;
}

export interface Source {
  program: SyntaxNode;
  comments: readonly Comment[];
  /** The line of a place in the text, from 1. */
  lineAt(offset: number): number;
}

/** Reads TypeScript or JavaScript. Throws when it is neither. */
export function parseSource(file: string, text: string): Source {
  const { program, comments, errors } = parseSync(file, text, { sourceType: 'module' });
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  return {
    program: program as unknown as SyntaxNode,
    comments,
    lineAt: (offset) => text.slice(0, offset).split('\n').length,
  };
}

/** Visits a node and everything in it; `above` holds the nodes around it, the nearest last. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, above: readonly SyntaxNode[]) => void,
  above: readonly SyntaxNode[] = [],
): void {
  visit(node, above);
  const around = [...above, node];
  for (const part of Object.values(node))
    for (const child of Array.isArray(part) ? part : [part]) if (isNode(child)) walk(child, visit, around);
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}

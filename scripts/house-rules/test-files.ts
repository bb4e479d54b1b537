import { parseSource, walk } from './syntax.ts';

const REGISTERS = /^(test|describe|describeOn\w+|\w*[cC]onformance)$/;
const INNER = /Function|MethodDefinition/;

/**
 * Places of a test file that wait, outside of all functions, after a test was told of. The runner leaves when all tests that it knows of
 * have ended: the tests behind such a place would be lost without a word.
 */
export function lateWaits(file: string, text: string): string[] {
  if (!file.endsWith('.test.ts')) return [];
  const { program, lineAt } = parseSource(file, text);
  let registeredAt = Number.POSITIVE_INFINITY;
  const waits: number[] = [];
  walk(program, (node, above) => {
    if (above.some(({ type }) => INNER.test(type))) return;
    const callee = node.type === 'CallExpression' ? (node.callee as { name?: string }).name : undefined;
    if (callee !== undefined && REGISTERS.test(callee)) registeredAt = Math.min(registeredAt, node.start);
    if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await === true))
      waits.push(node.start);
  });
  return waits
    .filter((start) => start > registeredAt)
    .map(
      (start) => `${file}:${lineAt(start)}: waits after a test was told of: those that follow may be lost`,
    );
}

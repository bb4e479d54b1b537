import type { z } from 'zod';
import type { Action, ParamsOf } from './action.ts';
import type { ParameterTree } from './notation.ts';

/** `field` is the parameter's name without the positions of lists: `transcode.definition`. */
export type ParseResult<T> = { ok: true; value: T } | { ok: false; message: string; field: string };

/**
 * Checks the parameters of a call. The message of a refusal names the parameter as it travels:
 * `fileId is required`, `transcode.definition.3 must be an integer`.
 * Parameters that the action does not know are ignored.
 */
export function parseParams<A extends Action>(action: A, tree: ParameterTree): ParseResult<ParamsOf<A>> {
  const given = action.otherNames === undefined ? tree : inPlace(tree, action.otherNames);
  const result = action.params.safeParse(given);
  if (result.success) return { ok: true, value: result.data as ParamsOf<A> };
  const [issue] = result.error.issues;
  const field = issue?.path.filter((step) => typeof step !== 'number').join('.') ?? '';
  return { ok: false, message: describe(issue, given), field };
}

function describe(issue: z.core.$ZodIssue | undefined, tree: ParameterTree): string {
  if (issue === undefined) return 'the parameters are not valid';
  const { name, value } = locate(tree, issue.path);
  return value === undefined || value === '' ? `${name} is required` : `${name} ${issue.message}`;
}

/** The wire name and the value at a path of the schema, whose list positions are not the caller's indices. */
function locate(tree: ParameterTree, path: readonly PropertyKey[]) {
  const names: string[] = [];
  let value: string | ParameterTree | undefined = tree;
  for (const step of path) {
    if (typeof step === 'number') {
      if (typeof value !== 'object') continue;
      // Empty elements were dropped before the schema counted.
      const elements: [string, string | ParameterTree][] = Object.entries(value).filter(
        ([, element]) => element !== '',
      );
      const found: [string, string | ParameterTree] | undefined = elements[step];
      names.push(found?.[0] ?? String(step));
      value = found?.[1];
    } else {
      names.push(String(step));
      value = typeof value === 'object' ? value[String(step)] : undefined;
    }
  }
  return { name: names.join('.'), value };
}

/** The tree with every parameter under its own name; values given under both names keep the right one. */
function inPlace(tree: ParameterTree, otherNames: Readonly<Record<string, string>>): ParameterTree {
  let result = tree;
  for (const [other, name] of Object.entries(otherNames)) {
    const value = valueAt(result, other.split('.'));
    const own = valueAt(result, name.split('.'));
    if (value !== undefined && (own === undefined || own === '')) {
      result = withValueAt(result, name.split('.'), value);
    }
  }
  return result;
}

function valueAt(tree: ParameterTree, path: readonly string[]): string | ParameterTree | undefined {
  let node: string | ParameterTree | undefined = tree;
  for (const step of path) node = typeof node === 'object' ? node[step] : undefined;
  return node;
}

function withValueAt(
  tree: ParameterTree,
  path: readonly string[],
  value: string | ParameterTree,
): ParameterTree {
  const [step = '', ...rest] = path;
  const copy: ParameterTree = Object.assign(Object.create(null), tree);
  const child = copy[step];
  copy[step] =
    rest.length === 0
      ? value
      : withValueAt(typeof child === 'object' ? child : Object.create(null), rest, value);
  return copy;
}

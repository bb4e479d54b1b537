/**
 * Parameters as they travel, flat, to the tree that an action reads (docs/wire/calls.md, Notation of parameters):
 * `tags.0=a&tags.1=b` → `{tags: {0: 'a', 1: 'b'}}`. Pure; nothing a client sends makes it throw.
 */

/** A parameter as decoded from the query or the body: name and value. */
export type Pair = readonly [name: string, value: string];

/** Trees have no prototype, so `__proto__` and `constructor` are names like any other. */
export interface ParameterTree {
  [name: string]: string | ParameterTree;
}

/** Parameters that belong to every call, by their name on the wire. */
const COMMON_NAMES = {
  Action: 'action',
  Region: 'region',
  Timestamp: 'timestamp',
  Nonce: 'nonce',
  SecretId: 'secretId',
  Signature: 'signature',
  SignatureMethod: 'signatureMethod',
  Token: 'token',
  RequestClient: 'requestClient',
  RequestSource: 'requestSource',
  Version: 'version',
  SubAppId: 'subAppId',
} as const;

export type CommonParameters = { -readonly [K in (typeof COMMON_NAMES)[keyof typeof COMMON_NAMES]]?: string };

/** Documents write common names with a capital, some clients with a small first letter: both are looked up. */
const COMMON = new Map<string, keyof CommonParameters>(
  Object.entries(COMMON_NAMES).flatMap(([name, key]) => [
    [name, key],
    [name.charAt(0).toLowerCase() + name.slice(1), key],
  ]),
);

/** Bounds that no honest call comes near. */
export const MAX_PARAMETERS = 2048;
export const MAX_DEPTH = 8;

export type SplitResult =
  | { ok: true; common: CommonParameters; tree: ParameterTree }
  | { ok: false; message: string };

/**
 * Separates the common parameters from those of the action and builds the tree of the latter.
 *
 * - `_` in a name is the same as `.`; empty segments (`a..b`, `a.`) are skipped.
 * - A name given twice: the last value counts.
 * - `a=1` beside `a.b=2`: the object counts, in whichever order they come.
 * - Indices may start anywhere and have gaps; a tree's keys come in numeric order, `01` is `1`.
 *
 * Not ok when there are more than `MAX_PARAMETERS` parameters or a name has more than `MAX_DEPTH` segments.
 */
export function splitCommon(pairs: readonly Pair[]): SplitResult {
  if (pairs.length > MAX_PARAMETERS) {
    return { ok: false, message: `too many parameters: at most ${MAX_PARAMETERS} are allowed` };
  }
  const common: CommonParameters = {};
  const tree: ParameterTree = Object.create(null);
  for (const [name, value] of pairs) {
    const key = COMMON.get(name);
    if (key !== undefined) {
      common[key] = value;
    } else if (!name.includes('.') && !name.includes('_')) {
      setScalar(tree, name, value);
    } else if (!setNested(tree, name, value)) {
      return { ok: false, message: `the name of parameter ${name.slice(0, 64)} is nested too deeply` };
    }
  }
  return { ok: true, common, tree };
}

function setScalar(node: ParameterTree, name: string, value: string): void {
  if (name !== '' && typeof node[name] !== 'object') node[name] = value;
}

function setNested(tree: ParameterTree, name: string, value: string): boolean {
  // One more piece than allowed is enough to see that there are too many.
  const segments = name
    .split(/[._]+/, MAX_DEPTH + 3)
    .filter((segment) => segment !== '')
    .map(withoutLeadingZeros);
  if (segments.length > MAX_DEPTH) return false;
  const last = segments.pop();
  if (last === undefined) return true;
  let node = tree;
  for (const segment of segments) {
    const child = node[segment];
    if (typeof child === 'object') {
      node = child;
    } else {
      const created: ParameterTree = Object.create(null);
      node[segment] = created;
      node = created;
    }
  }
  setScalar(node, last, value);
  return true;
}

function withoutLeadingZeros(segment: string): string {
  return segment.charCodeAt(0) === 48 && /^0+\d+$/.test(segment) ? segment.replace(/^0+(?=\d)/, '') : segment;
}

/**
 * The opposite direction, for clients: arrays and objects to flat pairs, with indices from 0 as the
 * original's SDKs write them. Booleans become 1 and 0; undefined and null are left out.
 */
export function flatten(parameters: object, prefix = ''): Pair[] {
  return Object.entries(parameters).flatMap(([name, value]): Pair[] => {
    if (value === undefined || value === null) return [];
    const path = prefix + name;
    if (typeof value === 'object') return flatten(value, `${path}.`);
    return [[path, typeof value === 'boolean' ? String(Number(value)) : String(value)]];
  });
}

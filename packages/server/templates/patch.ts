/** Any part of a value may be left out, at any depth. */
export type Patch<T> = T extends object ? { [Field in keyof T]?: Patch<T[Field]> } : T;

/**
 * The value with what the patch says: as in JSON merge patch (RFC 7396), fields of objects are changed one by one, and those
 * that the patch leaves out, or has as undefined, stay. Unlike there, null is a value: a body has all its fields, and a null one
 * says something. Anything that is no object, lists too, is replaced whole. Neither argument is changed.
 */
export function patched<T>(value: T, patch: Patch<T>): T {
  return merged(value, patch) as T;
}

function merged(value: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const before = isObject(value) ? value : {};
  const changes = Object.entries(patch)
    .filter(([, change]) => change !== undefined)
    .map(([field, change]) => [field, merged(ownField(before, field), change)]);
  return { ...before, ...Object.fromEntries(changes) };
}

function ownField(object: Record<string, unknown>, field: string): unknown {
  return Object.hasOwn(object, field) ? object[field] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

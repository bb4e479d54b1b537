import type { ActionHandler } from './handler.ts';

/** Makes the handlers that a room lists (all.ts of its own v2 folder) with what the room gives them. */
export function handlersOf<Deps>(
  listed: Record<string, (deps: Deps) => object>,
  deps: Deps,
): ActionHandler[] {
  return Object.values(listed).map((make) => make(deps) as ActionHandler);
}

import { actionByName, isOffered, parseParams, splitCommon } from '@openvod/contract/v2';
import { silentLogger } from '../../common/log.ts';
import { ParameterRefused } from '../../gateway/protocols/v2/refusal.ts';
import type { TestDatabase } from '../../testing/databases.ts';
import { asOnTheWire } from '../../testing/wire-error.ts';
import { createTemplates } from '../index.ts';

export const APP = '1250000001';

/** Parameters under their names on the wire, for example `video.codec`. */
type Params = Record<string, string | number>;

/** What an answer holds; tests look into it without saying its type. */
// biome-ignore lint/suspicious/noExplicitAny: wire results are checked by value
type Wire = any;

/** The room of templates as the gateway sees it: its actions, called by name. */
export function createFixture(
  { database }: Pick<TestDatabase, 'database'>,
  defaults: readonly number[] = [],
) {
  const room = createTemplates({ database, defaultDefinitions: async () => defaults });

  return {
    db: database.db,
    templates: room.templates,

    /** @throws WireError with the code that a caller reads */
    async call(name: string, params: Params = {}, { appId = APP, now = 1000 } = {}): Promise<Wire> {
      const action = actionByName(name);
      if (!action || !isOffered(action)) throw new Error(`${name} is not offered`);
      const handler = room.v2.find((one) => one.action === action);
      if (!handler) throw new Error(`no handler of ${name}`);
      const split = splitCommon(Object.entries(params).map(([key, value]) => [key, String(value)]));
      if (!split.ok) throw new Error(split.message);
      return asOnTheWire(action, () => {
        const read = parseParams(action, split.tree);
        if (!read.ok) throw new ParameterRefused(read.message, read.field);
        return handler.run(read.value, {
          appId,
          now,
          signal: new AbortController().signal,
          log: silentLogger,
        });
      });
    },
  };
}

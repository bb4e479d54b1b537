import path from 'node:path';
import { actionByName, isOffered, parseParams, splitCommon } from '@openvod/contract/v2';
import fastify from 'fastify';
import { createAddresses } from '../../common/addresses.ts';
import { silentLogger } from '../../common/log.ts';
import { ParameterRefused } from '../../gateway/protocols/v2/refusal.ts';
import { openStore } from '../../storage/index.ts';
import type { TestDatabase } from '../../testing/databases.ts';
import { asOnTheWire } from '../../testing/wire-error.ts';
import { createTemplates, createWatermarkPictures, templateActions } from '../index.ts';

export const APP = '1250000001';

/** Parameters under their names on the wire, for example `video.codec`. */
type Params = Record<string, string | number>;

/** What an answer holds; tests look into it without saying its type. */
// biome-ignore lint/suspicious/noExplicitAny: wire results are checked by value
type Wire = any;

/** The room of templates as the gateway sees it: its actions, called by name, and what it takes by PUT. */
export async function createFixture(
  { database, dataDir }: Pick<TestDatabase, 'database' | 'dataDir'>,
  defaults: readonly number[] = [],
) {
  let time = Date.now();
  const clock = () => time;
  const { templates } = createTemplates({ database });
  const store = await openStore(undefined, dataDir);
  const app = fastify();
  const addresses = createAddresses();
  const pictures = createWatermarkPictures({
    ...{ database, templates, store, addresses, clock, log: silentLogger },
    workDir: path.join(dataDir, 'pictures'),
  });
  pictures.register(app);
  await pictures.start();
  addresses.fallBackTo(await app.listen({ host: '127.0.0.1', port: 0 }));
  const handlers = templateActions({
    ...{ database, templates, pictures },
    defaultDefinitions: async () => defaults,
  });

  return {
    db: database.db,
    templates,
    store,
    pictures,

    /** From now on it is so much later, ms. */
    wait(ms: number): void {
      time += ms;
    },

    /** @throws WireError with the code that a caller reads */
    async call(name: string, params: Params = {}, { appId = APP, now = time } = {}): Promise<Wire> {
      const action = actionByName(name);
      if (!action || !isOffered(action)) throw new Error(`${name} is not offered`);
      const handler = handlers.find((one) => one.action === action);
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

    async [Symbol.asyncDispose]() {
      await app.close();
      await pictures.stop();
      await store.close();
    },
  };
}

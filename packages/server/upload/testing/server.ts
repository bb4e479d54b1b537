/**
 * The upload room behind plain HTTP, for tests that kill it: parameters in the query, no signatures.
 * Arguments: database URL (empty: SQLite), data folder. Prints its port.
 */
import { createServer } from 'node:http';
import { parse } from 'node:querystring';
import { createAddresses } from '../../common/addresses.ts';
import { systemClock } from '../../common/clocks/clock.ts';
import { silentLogger } from '../../common/log.ts';
import { createOutbound } from '../../common/outbound/outbound.ts';
import { openDatabase } from '../../database/index.ts';
import { createEvents } from '../../events/index.ts';
import { libraryEventViews } from '../../library/index.ts';
import { openStore } from '../../storage/index.ts';
import { pulled } from '../../testing/events.ts';
import { createFixture } from './fixture.ts';

const [url = '', dataDir = ''] = process.argv.slice(2);
const database = await openDatabase(url || undefined, dataDir);
const store = await openStore(undefined, dataDir);
const events = createEvents({
  database,
  clock: systemClock,
  log: silentLogger,
  addresses: createAddresses('https://media.example.com'),
  delivery: pulled,
  v2Views: libraryEventViews,
  outbound: createOutbound({ allowPrivate: false }),
  sends: false,
});
const { call } = createFixture({ database }, store, {}, events);

const server = createServer(async (request, response) => {
  const { Action, ...params } = parse((request.url ?? '').slice(2)) as Record<string, string>;
  response.end(JSON.stringify(await call(Action ?? '', params, request)));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`);
});

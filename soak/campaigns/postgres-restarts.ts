import { setTimeout as sleep } from 'node:timers/promises';
import { SERVER_BYTES } from '../bounds.ts';
import type { Circumstances, Outcome, Skipped } from '../campaign.ts';
import { Crowd } from '../parts/crowd.ts';
import { manyMachines } from '../parts/deployment.ts';

/** A call may wait so long for the database to come back, no longer. ms. */
const PATIENCE_MS = 30_000;
const MAX_WAIT_MS = 4000;

/** PostgreSQL restarts in order and at once, and all its connections are ended, while customers are at work. No server may end. */
export async function run({ short, random, say }: Circumstances): Promise<Outcome | Skipped> {
  const rounds = short ? 2 : 30;
  const deployment = await manyMachines();
  if (!deployment) return { skipped: 'PostgreSQL is not installed: apt-get install postgresql' };
  await using deployed = deployment;
  const { postgres, nodes } = deployed;
  const crowd = new Crowd(deployed, { customers: 4, random, patience: PATIENCE_MS });
  let ended = 0;
  let connections = 0;
  await sleep(2000);
  for (let round = 1; round <= rounds; round++) {
    for (const fault of ['fast', 'immediate', 'terminate'] as const) {
      if (fault === 'terminate') connections += await postgres.terminateAll();
      else await postgres.restart(fault);
      await sleep(1000 + random() * MAX_WAIT_MS);
      // A server that has ended is started again, as a service manager does; that it ended is told all the same.
      for (const node of nodes.filter(({ pid }) => pid === null)) {
        ended++;
        await node.start();
      }
    }
    say(`${round} of ${rounds} rounds, ${crowd.ledger.films.size} films, ${ended} servers ended`);
  }
  const { figures, lost, broken } = await crowd.reckon();
  return {
    figures: [
      ['fast restarts', rounds],
      ['immediate restarts', rounds],
      ['connections ended by pg_terminate_backend', connections],
      ['servers that ended', ended],
      ...figures,
      ...(await deployed.watch.figures()),
    ],
    lost,
    broken: [...broken, ...deployed.watch.problems({ maxServer: SERVER_BYTES })],
  };
}

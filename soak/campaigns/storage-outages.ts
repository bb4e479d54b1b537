import { setTimeout as sleep } from 'node:timers/promises';
import { SERVER_BYTES } from '../bounds.ts';
import type { Circumstances, Outcome, Skipped } from '../campaign.ts';
import { Crowd } from '../parts/crowd.ts';
import { manyMachines } from '../parts/deployment.ts';

/** Beyond the longest outage. ms. */
const PATIENCE_MS = 180_000;
const BETWEEN_MS = 5000;

/**
 * The object store is away for seconds to a minute, refusing connections or not answering at all, while customers upload and
 * workers transcode. Tasks must wait, not fail.
 */
export async function run({ short, random, say }: Circumstances): Promise<Outcome | Skipped> {
  const outages = short ? [3, 20] : [2, 5, 10, 16, 20, 30, 45, 60, 60, 20];
  const deployment = await manyMachines();
  if (!deployment) return { skipped: 'PostgreSQL is not installed: apt-get install postgresql' };
  await using deployed = deployment;
  const { storeGate, s3 } = deployed;
  const crowd = new Crowd(deployed, { customers: 4, random, patience: PATIENCE_MS });
  await sleep(BETWEEN_MS / 2);
  for (const [index, seconds] of outages.entries()) {
    storeGate.state = index % 2 === 0 ? 'silent' : 'shut';
    storeGate.cut();
    say(`the store is ${storeGate.state} for ${seconds} s; ${crowd.ledger.films.size} films`);
    await sleep(seconds * 1000);
    // Those that wait in silence would wait for ever: a machine that comes back knows nothing of old connections.
    storeGate.state = 'open';
    storeGate.cut();
    await sleep(BETWEEN_MS);
  }
  const { figures, lost, broken } = await crowd.reckon();
  return {
    figures: [
      ['outages', `${outages.length} of ${Math.min(...outages)} to ${Math.max(...outages)} s`],
      ...figures,
      ['objects left in the store', s3.keys().length],
      ...(await deployed.watch.figures()),
    ],
    lost,
    broken: [...broken, ...deployed.watch.problems({ maxServer: SERVER_BYTES })],
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { SERVER_BYTES } from '../bounds.ts';
import type { Circumstances, Outcome } from '../campaign.ts';
import { Crowd } from '../parts/crowd.ts';
import { type Deployment, manyMachines, oneMachine } from '../parts/deployment.ts';

/** An upload takes about 100 ms, its transcode 500: longer than both together, on a quiet machine. */
const MAX_WAIT_MS = 2000;
const REST_EVERY = 8;
const REST_MS = 60_000;

/** kill -9 of servers while customers upload, transcode and delete: first one with SQLite, then one of four at a time. */
export async function run(circumstances: Circumstances): Promise<Outcome> {
  const kills = circumstances.short ? 6 : 500;
  const alone = await oneMachine();
  const first = await withKills(alone, 'SQLite + disk', kills, circumstances);
  const many = await manyMachines();
  if (!many) {
    const skipped = 'SKIPPED: PostgreSQL is not installed (apt-get install postgresql)';
    return { ...first, figures: [...first.figures, ['the half with several machines', skipped]] };
  }
  const second = await withKills(many, 'PostgreSQL + S3, 2 × api, 2 × worker', kills, circumstances);
  return {
    figures: [...first.figures, ...second.figures],
    lost: [...first.lost, ...second.lost],
    broken: [...first.broken, ...second.broken],
  };
}

async function withKills(
  deployment: Deployment,
  name: string,
  kills: number,
  { random, say }: Circumstances,
): Promise<Outcome> {
  await using deployed = deployment;
  const crowd = new Crowd(deployed, { customers: 3, random });
  for (let kill = 1; kill <= kills; kill++) {
    // A task that has lost ten workers is given up, and rightly: now and then all may end.
    if (kill % REST_EVERY === 0) await crowd.rest(REST_MS);
    await sleep(random() * MAX_WAIT_MS);
    const node = deployed.nodes[Math.floor(random() * deployed.nodes.length)]!;
    await node.kill();
    await node.start();
    if (kill % 25 === 0) say(`${name}: ${kill} kills, ${crowd.ledger.films.size} films`);
  }
  const { figures, lost, broken } = await crowd.reckon();
  const about = (lines: string[]) => lines.map((line) => `${name}: ${line}`);
  return {
    figures: [[`${name}, kill -9`, kills], ...figures, ...(await deployed.watch.figures())],
    lost: about(lost),
    broken: about([...broken, ...deployed.watch.problems({ maxServer: SERVER_BYTES })]),
  };
}

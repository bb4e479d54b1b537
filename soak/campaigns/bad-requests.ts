import { setTimeout as sleep } from 'node:timers/promises';
import { PUBLIC_ERRORS } from '@openvod/contract/v2';
import fc from 'fast-check';
import { brokenRequest, bytesOf, exchange } from '../../e2e/testing/broken-requests.ts';
import { KEYS } from '../../e2e/testing/caller.ts';
import { uniqueClip } from '../../e2e/testing/clips.ts';
import { sha1, upload } from '../../e2e/testing/upload.ts';
import { SERVER_BYTES } from '../bounds.ts';
import type { Circumstances, Outcome } from '../campaign.ts';
import { OVERSIZED, pipelined } from '../hostile/requests.ts';
import { SlowClients } from '../hostile/slow-clients.ts';
import { Ledger } from '../model/ledger.ts';
import { oneMachine } from '../parts/deployment.ts';
import { Insistence } from '../parts/insistence.ts';
import { lossesOf } from '../parts/observe.ts';
import { Pulse } from '../parts/pulse.ts';

const AT_ONCE = 32;
const PIPELINE = 500;
const BATCH = 50;

/** Broken and oversized requests over raw connections, beside clients that hold on without a word and others that are good. */
export async function run({ short, random, say }: Circumstances): Promise<Outcome> {
  const requests = short ? 6000 : 100_000;
  await using deployed = await oneMachine();
  const server = deployed.nodes[0]!;
  const port = Number(new URL(server.url!).port);
  const ledger = new Ledger([]);
  const film = await uniqueClip(2 * 1024 ** 2);
  const { fileId, url } = await upload(deployed.call, film);
  ledger.uploaded(fileId, sha1(film), { transcodes: false });
  await deployed.watch.restart();

  const slow = new SlowClients(port, short ? 100 : 500);
  // Not through the front: what is measured is the server.
  const pulse = new Pulse(server.url!);
  const answers = new Map<string, number>();
  const broken: string[] = [];
  const seed = Math.floor(random() * 2 ** 31);
  let sent = 0;
  let told = 0;
  const send = async (what: string, bytes: Buffer, count = 1): Promise<void> => {
    sent += count;
    try {
      const text = await exchange(port, bytes);
      for (const [, status] of text.matchAll(/^HTTP\/1\.[01] (\d{3}) /gm))
        answers.set(status!, (answers.get(status!) ?? 0) + 1);
      const fault = faultIn(text);
      if (fault)
        broken.push(
          `${what} was answered with ${fault}: ${JSON.stringify(bytes.toString('latin1', 0, 300))}`,
        );
    } catch (error) {
      broken.push(
        `${what}: ${(error as Error).message}: ${JSON.stringify(bytes.toString('latin1', 0, 300))}`,
      );
    }
  };
  const work = async (worker: number): Promise<void> => {
    for (let batch = 0; sent < requests && server.pid !== null; batch++) {
      for (const one of fc.sample(brokenRequest, { seed: seed + worker * 100_000 + batch, numRuns: BATCH }))
        await send('a generated request', bytesOf(one, KEYS));
      const [what, bytes] = OVERSIZED[(worker + batch) % OVERSIZED.length]!;
      await send(what, bytes());
      const target = batch % 2 === 0 ? new URL(url).pathname : '/v2/index.php?Action=DescribeAllClass';
      // Films are long answers: few of them show the same.
      if (worker % 8 === 0)
        await send('pipelined requests', pipelined(target, batch % 2 === 0 ? 50 : PIPELINE), 50);
      if (sent - told >= 10_000) {
        told = sent;
        say(`${sent} requests`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, worker) => work(worker)));
  const beside = await pulse.stop();
  broken.push(...beside.faults.map((fault) => `a signed call beside them failed: ${fault}`));
  const { opened, ended } = slow;
  slow.stop();
  await sleep(500);
  const lost = await lossesOf(new Insistence(deployed.call), ledger, deployed.url, '');
  return {
    figures: [
      ['broken requests', sent],
      [
        'answers',
        [...answers]
          .sort()
          .map(([status, count]) => `${status}: ${count}`)
          .join(', '),
      ],
      ['connections that gave next to nothing', `${opened}, of which the server ended ${ended}`],
      ['signed calls beside', beside.figure],
      ...(await deployed.watch.figures()),
    ],
    lost,
    broken: [...broken, ...deployed.watch.problems({ maxServer: SERVER_BYTES })],
  };
}

/** A fault of the service in what came back; 501 and 505 are words about the request, 503 one about too many. */
function faultIn(text: string): string | null {
  const status = /^HTTP\/1\.[01] (5\d\d)/m.exec(text)?.[1];
  if (status !== undefined && !['501', '503', '505'].includes(status)) return status;
  return text.includes(`"code":${PUBLIC_ERRORS.InternalError}`) ? String(PUBLIC_ERRORS.InternalError) : null;
}

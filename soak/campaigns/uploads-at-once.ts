import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from '../../e2e/harness.ts';
import { createCaller } from '../../e2e/testing/caller.ts';
import { uniqueClip } from '../../e2e/testing/clips.ts';
import { sha1 } from '../../e2e/testing/upload.ts';
import { giveWay } from '../../packages/server/common/give-way.ts';
import { P99_MS, SERVER_BYTES } from '../bounds.ts';
import type { Circumstances, Outcome } from '../campaign.ts';
import { Ledger } from '../model/ledger.ts';
import { oneMachine } from '../parts/deployment.ts';
import { GaveUp, Insistence } from '../parts/insistence.ts';
import { lossesOf } from '../parts/observe.ts';
import { startPostgres } from '../parts/postgres.ts';
import { Pulse } from '../parts/pulse.ts';
import { uploadOnce } from '../parts/upload-once.ts';

const PART = 1024 ** 2;
const QUIET_MS = 3000;

/** Many uploads begun in the same moment, all parts of each at once, and signed calls beside them: on SQLite, and on PostgreSQL where it is. */
export async function run(circumstances: Circumstances): Promise<Outcome> {
  const outcomes = [await onDatabase('SQLite', {}, circumstances)];
  const postgres = await startPostgres();
  if (postgres) {
    const settings = { OPENVOD_DATABASE_URL: postgres.url };
    outcomes.push(await onDatabase('PostgreSQL', settings, circumstances));
    await postgres.stop();
  }
  return {
    figures: outcomes.flatMap(({ figures }) => figures),
    lost: outcomes.flatMap(({ lost }) => lost),
    broken: outcomes.flatMap(({ broken }) => broken),
  };
}

async function onDatabase(name: string, settings: Settings, { short, say }: Circumstances): Promise<Outcome> {
  const uploads = short ? 40 : 200;
  const parts = short ? 3 : 8;
  await using deployed = await oneMachine({ settings });
  // Straight to the server: what stands before it in other campaigns would be measured, too.
  const url = deployed.nodes[0]!.url!;
  const quiet = new Pulse(url);
  await sleep(QUIET_MS);
  const before = await quiet.stop();

  const service = new Insistence(createCaller(url));
  const ledger = new Ledger([]);
  const broken: string[] = [];
  // Made before the clock runs: what is measured is the service. A film's beginning, then noise.
  const films = await Promise.all(Array.from({ length: uploads }, () => film(parts * PART)));
  say(`${name}: ${uploads} uploads of ${parts} MiB begin`);
  await deployed.watch.restart();
  const pulse = new Pulse(url);
  // Clients elsewhere would not take the server's processor away; the signed calls have a thread of their own, which stays as it is.
  giveWay();
  const startedAt = performance.now();
  await Promise.all(
    films.map(async (bytes) => {
      try {
        ledger.uploaded(await uploadOnce(service, bytes), sha1(bytes), { transcodes: false });
      } catch (error) {
        if (!(error instanceof GaveUp)) throw error;
        broken.push(error.message);
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const beside = await pulse.stop();
  if (ledger.films.size < uploads) broken.push(`${uploads - ledger.films.size} uploads did not finish`);
  if (!(beside.p99 < P99_MS))
    broken.push(`p99 of signed calls was ${beside.p99.toFixed(1)} ms, not below ${P99_MS}`);
  broken.push(...beside.faults.map((fault) => `a signed call beside them failed: ${fault}`));
  const lost = await lossesOf(service, ledger, deployed.url, '');
  const figures: Outcome['figures'] = [
    ['uploads at once', `${uploads} of ${parts} MiB in ${seconds.toFixed(1)} s`],
    ['signed calls before', before.figure],
    ['signed calls beside', beside.figure],
    ...service.figures(),
    ...(await deployed.watch.figures()),
  ];
  return {
    figures: figures.map(([what, value]) => [`${name}: ${what}`, value] as const),
    lost,
    broken: [...broken, ...deployed.watch.problems({ maxServer: SERVER_BYTES })],
  };
}

async function film(size: number): Promise<Buffer<ArrayBuffer>> {
  const bytes = await uniqueClip(size);
  // The box that fills it up is noise already; this makes sure that no two parts are the same.
  randomBytes(16).copy(bytes, bytes.length - 16);
  return bytes;
}

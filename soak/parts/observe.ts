import { setTimeout as sleep } from 'node:timers/promises';
import { fetched, namedIn } from '../../e2e/testing/fetched.ts';
import { sha1 } from '../../e2e/testing/upload.ts';
import type { Film, Ledger, SeenFilm } from '../model/ledger.ts';
import type { Insistence } from './insistence.ts';

const SOURCE = 0;
const AT_ONCE = 4;
/** Delivery may remember a deleted film for a moment. ms. */
const GONE_WITHIN_MS = 60_000;

/** Compares all films of a ledger with what the service says and plays; resolves to what is lost, in words. */
export async function lossesOf(
  service: Insistence,
  ledger: Ledger,
  origin: string,
  appPath: string,
): Promise<string[]> {
  const queue = [...ledger.films.values()];
  const losses: string[] = [];
  const look = async () => {
    for (let film = queue.pop(); film; film = queue.pop()) {
      let found = ledger.lossesOf(film, await seen(service, film, origin + appPath));
      // What was deleted just now may be in a memory for a little.
      const deadline = Date.now() + GONE_WITHIN_MS;
      while (film.fate === 'deleted' && found.length > 0 && Date.now() < deadline) {
        await sleep(200);
        found = ledger.lossesOf(film, await seen(service, film, origin + appPath));
      }
      losses.push(...found);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, look));
  return losses;
}

/** `addresses`: what play addresses of the account begin with. */
async function seen(service: Insistence, { fileId }: Film, addresses: string): Promise<SeenFilm> {
  const answer = await service.until('DescribeVodPlayUrls', (call) =>
    call('DescribeVodPlayUrls', { fileId }),
  );
  const playSet: { url: string; definition: number }[] = answer.code === 0 ? answer.playSet : [];
  const source =
    playSet.find(({ definition }) => definition === SOURCE)?.url ?? `${addresses}/${fileId}/f0.mp4`;
  const { status, bytes } = await insistOn(source);
  const outputs = new Map<number, string | null>();
  for (const { url, definition } of playSet)
    if (definition !== SOURCE) outputs.set(definition, await faultOf(url));
  return { exists: answer.code === 0, sha1: status === 200 ? sha1(bytes) : null, outputs };
}

/** What is wrong with an output: any file that a player would ask for and not get. */
async function faultOf(url: string): Promise<string | null> {
  const { status, bytes } = await insistOn(url);
  if (status !== 200) return `${url} answers ${status}`;
  if (bytes.length === 0) return `${url} is empty`;
  if (!url.endsWith('.m3u8')) return null;
  for (const named of namedIn(bytes.toString(), url)) {
    const fault = await faultOf(named);
    if (fault !== null) return fault;
  }
  return null;
}

/** An answer that is no passing fault. */
async function insistOn(url: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await fetched(url);
      if (answer.status < 500 || attempt === 10) return answer;
    } catch (error) {
      if (attempt === 10) throw error;
    }
    await sleep(100 * attempt);
  }
}

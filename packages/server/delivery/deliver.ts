import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { TurnBudget } from '../common/bounds/turn-budget.ts';
import type { Clock } from '../common/clocks/clock.ts';
import type { Logger } from '../common/log.ts';
import { faultLevel } from '../database/index.ts';
import { NotFoundError, type ObjectStore } from '../storage/index.ts';
import { type Answer, answerTo, refusal } from './answer.ts';
import type { Catalog } from './catalog.ts';
import { FromStore } from './from-store.ts';
import type { InFlight } from './in-flight.ts';
import { type Lease, MAX_TEXT_BYTES, type Memory } from './memory.ts';
import { PreviewError } from './preview/preview-error.ts';
import { OPEN, type Pass, type Verdict } from './protection/guard.ts';
import type { ByteRange } from './ranges.ts';
import { type Representation, runOfTag } from './representation.ts';
import { sendAnswer } from './send.ts';
import type { Shapes } from './shapes.ts';
import { addressInRun } from './target.ts';

/** What there is to say of a request that has ended. */
export interface Delivered {
  request: IncomingMessage;
  status: number;
  /** Bytes of the body that were sent. */
  bytes: number;
  /** ms since the epoch, and ms. */
  startedAt: number;
  durationMs: number;
  fromMemory: boolean;
}

/** Answers GET and HEAD of the files of videos, as `verdict` says; left out, everybody may play. Never throws: what goes wrong becomes a status, or a broken connection. */
export function createDeliverer(deps: {
  store: ObjectStore;
  catalog: Catalog;
  shapes: Shapes;
  memory: Memory;
  inFlight: InFlight;
  turns: TurnBudget;
  clock: Clock;
  log: Logger;
  onDelivered: (delivered: Delivered) => void;
}): (request: IncomingMessage, response: ServerResponse, verdict?: Verdict) => void {
  const { store, catalog, shapes, memory, clock, log, onDelivered } = deps;

  /** Everything is here: no promise, one write. This is what a popular playlist costs. */
  function fromMemory(
    request: IncomingMessage,
    response: ServerResponse,
    answer: Answer,
    lease: Lease | null,
  ): void {
    const startedAt = clock();
    const [range] = answer.body as readonly ByteRange[];
    const length = range && lease ? range.end - range.start + 1 : 0;
    response.on('close', () => {
      lease?.release();
      const bytes = response.writableFinished ? length : 0;
      const durationMs = Math.max(0, clock() - startedAt);
      onDelivered({ request, status: answer.status, bytes, startedAt, durationMs, fromMemory: true });
    });
    response.writeHead(answer.status, answer.headers as string[]);
    if (range && lease?.text) response.end(lease.text.slice(range.start, range.end + 1), 'latin1');
    else response.end();
  }

  /** What an address gives now; to who has begun with what an earlier run made, and names its tag, still that. */
  async function find(request: IncomingMessage): Promise<Representation | null> {
    const url = request.url!;
    const current = catalog.known(url) ?? (await catalog.look(url));
    const tag = request.headers['if-range'] as string | undefined;
    const run = request.headers.range === undefined ? null : runOfTag(tag);
    if (!current || run === null || run === current.run) return current;
    const earlier = await catalog.look(addressInRun(url, run));
    return earlier?.etag === tag?.trim() ? earlier : current;
  }

  /** The next `find` asks the store. */
  function forget({ url, headers }: IncomingMessage): void {
    catalog.forget(url!);
    const run = runOfTag(headers['if-range'] as string | undefined);
    if (run !== null) catalog.forget(addressInRun(url!, run));
  }

  async function serve(request: IncomingMessage, response: ServerResponse, pass: Pass): Promise<void> {
    const startedAt = clock();
    let answer = refusal(404);
    const sent = { bytes: 0 };
    let lease = null as Lease | null;
    let hit = false;
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    // What is written to a client that has just left is an error, which would end the process if nobody listened.
    response.on('error', () => {});
    /** One attempt to answer. Rejects with what the store throws. */
    const respond = async () => {
      const plain = await find(request);
      const found = plain && (shapes.known(plain, pass) ?? (await shapes.of(plain, pass)));
      answer = found ? answerTo(request.method!, request.headers, found, clock()) : refusal(404);
      if (!found || answer.body.length === 0 || request.method !== 'GET') {
        response.writeHead(answer.status, answer.headers as string[]).end();
        return;
      }
      lease = found.text === null ? memory.take(found.id) : new TextLease(found.text);
      hit = lease !== null;
      lease ??= found.head === null ? await load(found) : null;
      await sendAnswer(response, answer, lease?.bytes ?? fromStore(found, gone.signal), deps, sent);
    };
    try {
      await respond().catch((error: unknown) => {
        // What the address meant a moment ago was replaced: it means another object now, or none.
        if (!(error instanceof NotFoundError) || response.headersSent) throw error;
        forget(request);
        return respond();
      });
    } catch (error) {
      if (error instanceof PreviewError && !response.headersSent) {
        tell(request, error.message);
        answer = refusal(403);
        response.writeHead(answer.status, answer.headers as string[]).end();
        return;
      }
      // A client that leaves is no news; an object that was deleted meanwhile is a broken transfer, or no object.
      if (!gone.signal.aborted && !(error instanceof NotFoundError)) {
        log[faultLevel(error)]({ err: error, url: pathOf(request) }, 'delivery failed');
      }
      if (response.headersSent) response.destroy();
      else {
        answer = refusal(error instanceof NotFoundError ? 404 : 503);
        response.writeHead(answer.status, answer.headers as string[]).end();
      }
    } finally {
      lease?.release();
      const [{ status }, { bytes }] = [answer, sent];
      const durationMs = Math.max(0, clock() - startedAt);
      onDelivered({ request, status, bytes, startedAt, durationMs, fromMemory: hit });
    }
  }

  /** Why somebody may not play, without what is secret in the address. */
  function tell(request: IncomingMessage, reason: string): void {
    log.debug({ url: pathOf(request), host: request.headers.host, reason }, 'playback refused');
  }

  function fromStore({ key, head, offset, objectEtag }: Representation, signal: AbortSignal): FromStore {
    const before = head?.length ?? 0;
    return new FromStore(async ({ start, end }, chunkBytes, again) => {
      const isSame = !again || (await store.head(key))?.etag === objectEtag;
      if (!isSame) throw new NotFoundError(`${key} has changed since the client paused`);
      const rest = () => {
        const from = offset + Math.max(0, start - before);
        return store.read(key, { start: from, end: offset + end - before }, { signal, chunkBytes });
      };
      if (start >= before) return rest();
      const first = head!.subarray(start, Math.min(before, end + 1));
      return Readable.from(oneAfterTheOther(first, end >= before ? rest : null), { objectMode: false });
    });
  }

  function load({ id, key, offset, size }: Representation): Promise<Lease | null> {
    return memory.takeOrLoad(id, size, async () => {
      const body = await store.read(key, { start: offset, end: offset + size - 1 });
      const bytes = Buffer.allocUnsafeSlow(size);
      let length = 0;
      for await (const chunk of body) {
        chunk.copy(bytes, length);
        length += chunk.length;
      }
      return bytes.subarray(0, length);
    });
  }

  return (request, response, verdict = OPEN) => {
    if ('refused' in verdict) {
      tell(request, verdict.refused);
      request.resume();
      return fromMemory(request, response, refusal(403), null);
    }
    const plain = request.headers['if-range'] === undefined ? catalog.known(request.url!) : undefined;
    const found = plain && shapes.known(plain, verdict);
    if (found) {
      const answer = answerTo(request.method!, request.headers, found, clock());
      if (answer.body.length === 0 || request.method === 'HEAD') {
        return fromMemory(request, response, answer, null);
      }
      const isText = found.size <= MAX_TEXT_BYTES && answer.body.length === 1;
      const lease = !isText ? null : found.text === null ? memory.take(found.id) : new TextLease(found.text);
      if (lease) return fromMemory(request, response, answer, lease);
    }
    void serve(request, response, verdict);
  };
}

/** Of a text that is no resource of the store: nothing is held for it. */
class TextLease implements Lease {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get bytes(): Buffer {
    return Buffer.from(this.text, 'latin1');
  }

  release(): void {}
}

async function* oneAfterTheOther(
  first: Buffer,
  rest: (() => Promise<Readable>) | null,
): AsyncGenerator<Buffer> {
  yield first;
  if (rest) yield* await rest();
}

/** Without the query, which may hold a signature. */
function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0]!;
}

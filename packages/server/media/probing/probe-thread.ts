/** The thread behind `ProbeThread`: starts ffprobes and reads what they print. */
import { parentPort } from 'node:worker_threads';
import { MediaError, type MediaFault } from '../errors.ts';
import type { MediaInfo } from '../media-info.ts';
import { type ProbeOptions, probe } from '../probe.ts';

export type ProbeOrder =
  | { id: number; file: string; options: Omit<ProbeOptions, 'signal'> }
  | { stop: number };

/** An error does not travel as what it is. */
export type ProbeAnswer =
  | { id: number; info: MediaInfo }
  | ({ id: number; fault: MediaFault } & Pick<MediaError, 'message' | 'transient' | 'outage' | 'log'>)
  | { id: number; message: string };

/** bounded by: the queue of the prober, which lets few probes run at once */
const running = new Map<number, AbortController>();

parentPort!.on('message', async (order: ProbeOrder) => {
  if ('stop' in order) return running.get(order.stop)?.abort();
  const { id, file, options } = order;
  const controller = new AbortController();
  const { signal } = controller;
  running.set(id, controller);
  const answer = await probe(file, { ...options, signal }).then(
    (info): ProbeAnswer => ({ id, info }),
    (error): ProbeAnswer => failed(id, signal.aborted ? givenUp() : error),
  );
  running.delete(id);
  parentPort!.postMessage(answer);
});

function givenUp(): MediaError {
  return new MediaError({ stage: 'probe', reason: 'interrupted' }, undefined, { transient: true });
}

function failed(id: number, error: unknown): ProbeAnswer {
  if (!(error instanceof MediaError)) return { id, message: String(error) };
  const { fault, message, transient, outage, log } = error;
  return { id, fault, message, transient, outage, log };
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Call } from '../common/call.ts';
import type { Logger } from '../common/log.ts';

/** The `Call` of an HTTP request. Few actions ask for the signal, so it is made when one does. */
export class HttpCall implements Call {
  readonly appId: string;
  readonly now: number;
  readonly log: Logger;
  readonly body?: Readable;
  readonly #response: ServerResponse<IncomingMessage>;
  #controller: AbortController | null = null;

  constructor(
    appId: string,
    now: number,
    log: Logger,
    response: ServerResponse<IncomingMessage>,
    body: Readable | undefined,
  ) {
    this.appId = appId;
    this.now = now;
    this.log = log;
    this.#response = response;
    if (body) this.body = body;
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      const controller = new AbortController();
      this.#controller = controller;
      const response = this.#response;
      if (response.destroyed) controller.abort();
      else response.once('close', () => response.writableFinished || controller.abort());
    }
    return this.#controller.signal;
  }
}

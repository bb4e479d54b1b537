import type { IncomingMessage, ServerResponse } from 'node:http';
import { refusal } from './answer.ts';
import { appIdOf } from './target.ts';

/** Whether nothing of an application is to be played now; not a promise where that is known. Never rejects. */
export type IsSwitchedOff = (appId: string) => boolean | Promise<boolean>;

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

/** Serves what an application has that is not switched off, nearly always without a promise; all else is 403. */
export function unlessSwitchedOff(isSwitchedOff: IsSwitchedOff, serve: Serve): Serve {
  return (request, response) => {
    const answer = (off: boolean) => (off ? close(request, response) : serve(request, response));
    const off = isSwitchedOff(appIdOf(request.url!));
    if (typeof off === 'boolean') answer(off);
    else off.then(answer).catch(() => response.destroy());
  };
}

function close(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const { status, headers } = refusal(403);
  response.writeHead(status, headers as string[]).end();
}

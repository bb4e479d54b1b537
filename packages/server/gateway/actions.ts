import { type Action, actionByName, isKnownButNotOffered, PUBLIC_ERRORS } from '@openvod/contract/v2';
import type { ActionHandler } from '../common/action-handler.ts';

/** An action with its handler, or why there is none; `form` is how it is answered either way. */
export type Route =
  | { handler: ActionHandler; form: AnswerForm }
  | { handler: null; form: AnswerForm; code: number; message: string };

/** `text` and `upload` as in the contract; `ugc` answers carry a `data` object (contract/common.yaml, dataRule). */
export type AnswerForm = Action['transport'] | 'ugc';

export type Router = (name: string | undefined) => Route;

/** Actions of the original that this release does not offer and that clients name in the query of a POST. */
const OTHER_UPLOADS: ReadonlyMap<string, AnswerForm> = new Map([
  ['InitUploadEx', 'upload'],
  ['UploadPartEx', 'upload'],
  ['FinishUploadEx', 'upload'],
  ['Report', 'upload'],
  ['MultipartUploadVodFile', 'upload'],
  ['PrepareUploadUGC', 'ugc'],
  ['ApplyUploadUGC', 'ugc'],
  ['CommitUploadUGC', 'ugc'],
  ['UploadFile', 'ugc'],
]);

/** Looks actions up by name, alias and either case of the first letter. */
export function createRouter(handlers: readonly ActionHandler[]): Router {
  const routes = new Map<Action, Route>(
    handlers.map((handler) => [handler.action, { handler, form: handler.action.transport }]),
  );
  return (name) => {
    const action = name ? actionByName(name) : undefined;
    return (action && routes.get(action)) ?? refusal(name, action);
  };
}

function refusal(name: string | undefined, action: Action | undefined): Route {
  const { InvalidParameter, VersionUnsupported } = PUBLIC_ERRORS;
  if (!name) {
    const message =
      'Action is required: GET takes every parameter from the query, POST from a form in the body';
    return { handler: null, form: 'text', code: InvalidParameter, message };
  }
  if (action || isKnownButNotOffered(name)) {
    const form = action?.transport ?? OTHER_UPLOADS.get(name) ?? 'text';
    return { handler: null, form, code: VersionUnsupported, message: `Action ${name} is not offered yet` };
  }
  const message = `Action ${name.slice(0, 64)} does not exist`;
  return { handler: null, form: 'text', code: InvalidParameter, message };
}

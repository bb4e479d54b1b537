import { ACTIONS, type ActionMap } from './generated/actions.ts';
import { type CallOptions, type ClientOptions, createRequester } from './request.ts';
import { type UploadOptions, type UploadResult, uploadFile } from './upload/upload-file.ts';

export type ActionName = keyof ActionMap;
type Params<A extends ActionName> = ActionMap[A]['params'];
type Result<A extends ActionName> = ActionMap[A]['result'];

/** One method an action, e.g. `describeVodPlayUrls({ fileId })`; see the API reference for parameters and results. */
export type ActionMethods = {
  [A in ActionName as Uncapitalize<A>]: (params: Params<A>, options?: CallOptions) => Promise<Result<A>>;
};

export interface Client extends ActionMethods {
  /** The same by name. Throws OpenVodError (the service said no) or OpenVodNetworkError (it said nothing usable). */
  call<A extends ActionName>(action: A, params: Params<A>, options?: CallOptions): Promise<Result<A>>;
  /** For actions that this SDK does not know: parameters and answer unchecked. */
  callAny(action: string, params: object, options?: CallOptions): Promise<Record<string, unknown>>;
  /** Uploads a file in parallel parts; run again after any interruption, it sends only what is missing. */
  upload(file: string, options?: UploadOptions): Promise<UploadResult>;
}

/** A client of one account. Keeps no connection open by itself and needs no closing. */
export function createClient(options: ClientOptions): Client {
  const request = createRequester(options);
  const callAny: Client['callAny'] = (action, params, callOptions) => request(action, params, callOptions);
  const methods = Object.fromEntries(
    Object.keys(ACTIONS).map((action) => [
      action.charAt(0).toLowerCase() + action.slice(1),
      (params: object, callOptions?: CallOptions) => request(action, params, callOptions),
    ]),
  ) as unknown as ActionMethods;
  return {
    ...methods,
    call: callAny as Client['call'],
    callAny,
    upload: (file, uploadOptions) => uploadFile(request, file, uploadOptions),
  };
}

import { descriptionOf, PUBLIC_ERRORS, UPLOAD_ERRORS } from './errors.ts';

/** The codes of one way to refuse a call: in ordinary answers, and in those of generation-1 upload calls. */
export interface RefusalCodes {
  text: number;
  /** Below 0, always: a client takes any other code of an upload call for a success (docs/wire/calls.md). */
  upload: number;
  /** Sending the same call again can help. */
  canRetry?: true;
}

const { InvalidParameter, ResourceNotFound, ResourceOperationFailed } = PUBLIC_ERRORS;
const { commonParameters, signature, actionParameters, cacheWrite, cacheRead, body } = UPLOAD_ERRORS;

/**
 * What went wrong, in the service's words, and the codes that version 2 has for it. The service keeps the list of kinds;
 * one that is missing here is a type error there. Where an action answers another code, its own file says so.
 */
export const REFUSAL_CODES = {
  'call.method': { text: InvalidParameter, upload: commonParameters },
  'call.host': { text: PUBLIC_ERRORS.VersionUnsupported, upload: commonParameters },
  'call.plainHttp': { text: PUBLIC_ERRORS.UnsupportedProtocol, upload: commonParameters },
  'call.action': { text: InvalidParameter, upload: commonParameters },
  'call.planned': { text: PUBLIC_ERRORS.VersionUnsupported, upload: commonParameters },
  'call.form': { text: InvalidParameter, upload: actionParameters },
  'call.body': { text: InvalidParameter, upload: body },
  'call.common': { text: InvalidParameter, upload: commonParameters },
  'call.secretId': { text: PUBLIC_ERRORS['AuthFailure.SecretId'], upload: signature },
  'call.signature': { text: PUBLIC_ERRORS.AuthFailure, upload: signature },
  'call.token': { text: PUBLIC_ERRORS['AuthFailure.Token'], upload: signature },
  'call.replay': { text: PUBLIC_ERRORS.ReplayAttack, upload: commonParameters },
  'call.quota': { text: PUBLIC_ERRORS.QuotaExceeded, upload: commonParameters, canRetry: true },
  'application.off': { text: PUBLIC_ERRORS.AccessDenied, upload: commonParameters },
  'call.parameter': { text: InvalidParameter, upload: actionParameters },
  'parameter.refused': { text: 1000, upload: actionParameters },
  'feature.planned': { text: PUBLIC_ERRORS.VersionUnsupported, upload: actionParameters },
  'video.notFound': { text: 10008, upload: actionParameters },
  'video.busy': { text: 10009, upload: actionParameters },
  'video.unfit': { text: 10009, upload: actionParameters },
  'class.notFound': { text: 1905, upload: actionParameters },
  'class.parentNotFound': { text: 1904, upload: actionParameters },
  'class.belowDefault': { text: 1903, upload: actionParameters },
  'class.nameTaken': { text: 1907, upload: actionParameters },
  'class.builtIn': { text: 1000, upload: actionParameters },
  'class.limit': { text: 1000, upload: actionParameters },
  'tag.refused': { text: 1000, upload: actionParameters },
  'definition.notFound': { text: 1000, upload: actionParameters },
  'template.notFound': { text: 10704, upload: actionParameters },
  // What happens to a preset is not documented: to who may change it, it is not there.
  'template.builtIn': { text: 10704, upload: actionParameters },
  'template.invalid': { text: 1000, upload: actionParameters },
  'template.limit': { text: 1000, upload: actionParameters },
  // Only the pull has a code for it.
  'watermark.none': { text: 1163, upload: actionParameters },
  'dataKey.notFound': { text: 1000, upload: actionParameters },
  // The master key is missing: an operator has to bring it back.
  'encryption.away': { text: PUBLIC_ERRORS.InterfaceUnavailable, upload: cacheWrite, canRetry: true },
  'procedure.invalid': { text: 50_007, upload: actionParameters },
  'procedure.exists': { text: 50_005, upload: actionParameters },
  'task.notFound': { text: 10026, upload: actionParameters },
  // The documents give "still in progress" the same number as "does not exist".
  'task.notEnded': { text: 10026, upload: actionParameters },
  'stats.hosts': { text: 17010, upload: actionParameters },
  'stats.tooManyHosts': { text: 17011, upload: actionParameters },
  'stats.measure': { text: 17012, upload: actionParameters },
  // A call with one day says so; where there are two, actions say in their files what each answers.
  'stats.from': { text: 17015, upload: actionParameters },
  'stats.until': { text: 17015, upload: actionParameters },
  // Every quota answers like that of calls, the only one that is documented.
  'storage.quota': { text: PUBLIC_ERRORS.QuotaExceeded, upload: commonParameters, canRetry: true },
  'task.quota': { text: PUBLIC_ERRORS.QuotaExceeded, upload: commonParameters, canRetry: true },
  'upload.notFound': { text: ResourceNotFound, upload: cacheRead },
  'upload.incomplete': { text: ResourceOperationFailed, upload: cacheRead },
  'upload.lost': { text: ResourceOperationFailed, upload: cacheRead },
  'upload.changed': { text: ResourceOperationFailed, upload: cacheRead, canRetry: true },
  'upload.content': { text: InvalidParameter, upload: body },
  'upload.otherFile': { text: InvalidParameter, upload: body },
  'storage.full': { text: ResourceOperationFailed, upload: cacheWrite, canRetry: true },
  // Nothing was done: the same call, signed anew, may be sent as soon as the service is itself again.
  'service.away': { text: PUBLIC_ERRORS.InterfaceUnavailable, upload: cacheWrite, canRetry: true },
  // It went away while the call was being carried out. Upload calls can be repeated whatever came of them.
  'service.unsure': { text: PUBLIC_ERRORS.InternalError, upload: cacheWrite, canRetry: true },
  // As much is under way, or waits, as the machine is trusted with.
  'service.busy': { text: PUBLIC_ERRORS.InterfaceUnavailable, upload: cacheWrite, canRetry: true },
  'service.fault': { text: PUBLIC_ERRORS.InternalError, upload: cacheWrite, canRetry: true },
} as const satisfies Record<string, RefusalCodes>;

/** The symbolic name sent as `codeDesc` beside a code of either kind. */
export function refusalDescription({ text }: RefusalCodes): string {
  return descriptionOf(text);
}

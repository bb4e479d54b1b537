import type { MediaError, MediaFault, UnfitReason } from '../media/index.ts';
import type { Failure } from '../tasks/index.ts';

/** What went wrong with a file as flows keep it: `<stage>/<reason>`, for example `probe/damaged`. */
export function mediaFailure({ fault, message }: MediaError): Failure {
  return { kind: `${fault.stage}/${fault.reason}`, message };
}

/** A source that is unfit for one of several things that are asked of it. */
export function unfitFailure(reason: UnfitReason | 'higher-bitrate', message: string): Failure {
  return { kind: reason === 'higher-bitrate' ? reason : `source/${reason}`, message };
}

/** The fault that a failure was made of; null when it is not about a file. */
export function faultOf({ kind }: Failure): MediaFault | null {
  const [stage, reason] = kind.split('/');
  return reason === undefined ? null : ({ stage, reason } as MediaFault);
}

import type { ActionHandler } from '../../../common/v2/handler.ts';
import type { Protocol } from '../protocol.ts';
import { createActions } from './actions.ts';
import { type TextOptions, textProtocol } from './text.ts';
import { ugcProtocol } from './ugc.ts';
import { uploadProtocol } from './upload.ts';

/** Every path answers every action, on every host (docs/wire/calls.md, paths); calls to the last one are told where to go. */
export const V2_PATHS = ['/v2/index.php', '/v2/interface.php', '/v3/index.php', '/v1/index.php'];

/** The protocols of version 2, in the order in which they are asked. */
export function v2Protocols(handlers: readonly ActionHandler[], options: TextOptions): Protocol[] {
  const actions = createActions(handlers);
  return [
    uploadProtocol(actions, options.signedHosts) as Protocol,
    ugcProtocol(actions),
    textProtocol(actions, options) as Protocol,
  ];
}

import type { EventEnvelope } from '@openvod/contract/v2';
import type { PulledEvent } from '../types.ts';

/** What the handlers of version 2 ask of this room; see EventQueue. */
export interface V2Events {
  pull(appId: string, options: { signal: AbortSignal }): Promise<PulledEvent<EventEnvelope>[]>;
  confirm(appId: string, handles: readonly string[]): Promise<void>;
}

import type { PlayerClaims } from '../player-claims.ts';
import { PlayerRefusal, REFUSED } from './refusal.ts';

/**
 * What a player configuration of the older form asks for, by its name (docs/wire/delivery.md, Player signature); null: nothing in
 * particular. Those that the original had from the start are known; others were made in its console, and are none here.
 *
 * @throws PlayerRefusal
 */
export function contentOfConfiguration(name: string | null): NonNullable<PlayerClaims['contentInfo']> | null {
  switch (name) {
    case null:
    case '':
    case 'Default':
    case 'default':
      return null;
    case 'basicDrmPreset':
      return { audioVideoType: 'ProtectedAdaptive', drmAdaptiveInfo: {} };
    default:
      throw new PlayerRefusal(
        REFUSED.configuration,
        `there is no player configuration ${name.slice(0, 64)} (pcfg)`,
      );
  }
}

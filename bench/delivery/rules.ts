import type { ProtectionRules } from '../../packages/server/delivery/index.ts';

export const OPEN_APP = '1250000001';
/** Has Key protection and a referer list. */
export const PROTECTED_APP = '1250000002';
export const KEY = 'benchbench';

const NO_REFERERS = { mode: 'off', referers: [], blank: true } as const;
const BESIDE = { playKey: null, openPage: true };
const OPEN: ProtectionRules = { key: null, referer: NO_REFERERS, ...BESIDE };
const PROTECTED: ProtectionRules = {
  key: KEY,
  referer: { mode: 'deny', referers: ['*.example.com', 'example.org'], blank: true },
  ...BESIDE,
};

export function rulesOf(appId: string): ProtectionRules {
  return appId === PROTECTED_APP ? PROTECTED : OPEN;
}

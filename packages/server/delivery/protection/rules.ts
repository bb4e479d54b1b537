import type { RefererRule } from './referer.ts';

/** What protects the videos of an application in a domain. */
export interface ProtectionRules {
  /** The key of Key protection; null: it is off. */
  key: string | null;
  referer: RefererRule;
  /** Signs player signatures; null: the key of Key protection does. */
  playKey: string | null;
  /** Whether whoever has the address of a player page may watch what is protected. */
  openPage: boolean;
}

/** The rules of an application in a domain; not a promise where they are known. Rejects when they cannot be. */
export type RulesOf = (appId: string, domain: string) => ProtectionRules | Promise<ProtectionRules>;

export const NO_RULES: ProtectionRules = {
  key: null,
  referer: { mode: 'off', referers: [], blank: true },
  playKey: null,
  openPage: true,
};

/** Whether the rules hold anybody off. */
export function isProtected({ key, referer }: ProtectionRules): boolean {
  return key !== null || referer.mode !== 'off';
}

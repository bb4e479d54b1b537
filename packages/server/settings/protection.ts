import type { ApplicationSetting } from './definitions.ts';

/** Who may play what an application has (docs/wire/delivery.md). */
export const PROTECTION_SETTINGS = {
  'hotlink.key': key(
    'OPENVOD_HOTLINK_KEY',
    'Key protection: play addresses must be signed with this key. It also signs what players are told when `play.key` is off.',
    20,
  ),
  'hotlink.refererMode': {
    variable: 'OPENVOD_HOTLINK_REFERER_MODE',
    shownDefault: 'off',
    values: '`off`, `allow` or `deny`',
    meaning:
      '`allow`: only pages that `hotlink.referers` lists may play; `deny`: those that it lists may not; `off`: all may.',
    perDomain: true,
    read: (text = 'off') => {
      if (text !== 'off' && text !== 'allow' && text !== 'deny')
        throw new Error('must be off, allow or deny');
      return text;
    },
  } satisfies ApplicationSetting<'off' | 'allow' | 'deny'>,

  'hotlink.referers': {
    variable: 'OPENVOD_HOTLINK_REFERERS',
    shownDefault: '',
    values: '1 to 10 beginnings of addresses, comma separated',
    meaning:
      'Pages, without `http://`: `abc.com` means all addresses that begin so, `abc.com.cn` too; `*.abc.com` every name below it.',
    perDomain: true,
    read: (text) => (text === undefined ? [] : referersIn(text)),
  } satisfies ApplicationSetting<string[]>,

  'hotlink.blankReferer': {
    variable: 'OPENVOD_HOTLINK_BLANK_REFERER',
    shownDefault: 'true',
    values: '`true` or `false`',
    meaning:
      'Whether those who name no page may play while `hotlink.refererMode` is not off: applications on phones, and addresses that are typed in.',
    perDomain: true,
    read: (text = 'true') => {
      if (text !== 'true' && text !== 'false') throw new Error('must be true or false');
      return text === 'true';
    },
  } satisfies ApplicationSetting<boolean>,

  'play.key': {
    ...key('OPENVOD_PLAY_KEY', 'Signs player signatures (`psign`); while it is off `hotlink.key` does.', 64),
    perDomain: undefined,
  },

  'play.page': {
    variable: 'OPENVOD_PLAY_PAGE',
    shownDefault: 'open',
    values: '`open` or `signed`',
    meaning:
      'Who may watch a protected video on the pages `/play/` and `/embed/`: `open`, whoever has the address of the page; `signed`, who brings a `psign` in its query.',
    read: (text = 'open') => {
      if (text !== 'open' && text !== 'signed') throw new Error('must be open or signed');
      return text;
    },
  } satisfies ApplicationSetting<'open' | 'signed'>,
};

/** A text of letters and digits that only the application and the service know, or none. */
function key(variable: string, meaning: string, longest: number) {
  return {
    variable,
    shownDefault: 'off',
    values: `8 to ${longest} letters and digits, or \`off\``,
    meaning,
    perDomain: true,
    read: (text = 'off') => {
      if (text === 'off') return null;
      if (!/^[A-Za-z0-9]+$/.test(text) || text.length < 8 || text.length > longest) {
        throw new Error(`must be 8 to ${longest} letters and digits, or off`);
      }
      return text;
    },
  } satisfies ApplicationSetting<string | null>;
}

const MAX_REFERERS = 10;

function referersIn(text: string): string[] {
  const entries = text.split(',').map((entry) => entry.trim().toLowerCase());
  if (entries.length > MAX_REFERERS || entries.some((entry) => !isReferer(entry))) {
    throw new Error('must be 1 to 10 addresses such as abc.com or *.abc.com, without http://');
  }
  return entries;
}

/** A host, from the beginning of one on or with a star or two, and perhaps a path. */
function isReferer(entry: string): boolean {
  const stars = entry.split('*').length - 1;
  return (
    stars <= 2 &&
    !entry.includes('://') &&
    /^[a-z0-9*.[\]:-]{1,253}(\/[\x21-\x2b\x2d-\x7e]{0,250})?$/.test(entry)
  );
}

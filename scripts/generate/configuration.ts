import { SETTINGS } from '../../packages/server/config.ts';
import { definitionOf, SETTING_NAMES } from '../../packages/server/settings/index.ts';
import { table } from './table.ts';

const HEADER =
  'Generated from packages/server/config.ts and packages/server/settings/definitions.ts by npm run generate. Do not edit.';

const INTRODUCTION = `# Configuration

Every setting is an environment variable; \`npm start\` also reads a \`.env\` file in its folder. A variable that begins with \`OPENVOD_\` and is not in this
table stops the start, because it is most likely a typo.
`;

const APPLICATION_SETTINGS = `## Settings of an application

These can differ from one (sub-)application to the next, and change while the service runs: every node sees a change within 5 s. The variable holds the default
of all applications.

\`\`\`
openvod settings                                               # what holds for the main application
openvod settings set events.mode=callback events.callbackUrl=https://shop.example.com/vod
openvod settings unset transcode.defaults --app 1500000001     # back to the default
\`\`\`
`;

interface Row {
  variable: string;
  shownDefault: string;
  meaning: string;
}

/** Those of the service, then the defaults of those of the applications. */
function rows(): Row[] {
  const ofApplications = SETTING_NAMES.map((name) => {
    const { variable, shownDefault, meaning } = definitionOf(name);
    return { variable, shownDefault, meaning: `Default of \`${name}\`. ${meaning}` };
  });
  return [...Object.values(SETTINGS), ...ofApplications];
}

/** docs/configuration.md */
export function configurationPage(): string {
  const ofService = rows().map(({ variable, shownDefault, meaning }) => [
    `\`${variable}\``,
    code(shownDefault),
    meaning,
  ]);
  const ofApplications = SETTING_NAMES.map((name) => {
    const { values, variable, shownDefault, meaning } = definitionOf(name);
    const fallback = shownDefault === '' ? `\`${variable}\`` : `\`${variable}\`, else ${code(shownDefault)}`;
    return [`\`${name}\``, values, fallback, meaning];
  });
  const parts = [
    `<!-- ${HEADER} -->`,
    INTRODUCTION.trimEnd(),
    table(['variable', 'default', 'meaning'], ofService),
    APPLICATION_SETTINGS.trimEnd(),
    table(['setting', 'values', 'default', 'meaning'], ofApplications),
  ];
  return `${parts.join('\n\n')}\n`;
}

function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

/** .env.example: every setting, commented out at its default. */
export function envExample(): string {
  const entries = rows().map(({ variable, shownDefault, meaning }) => {
    const value = /[ <>]/.test(shownDefault) ? '' : shownDefault;
    const remark = value === shownDefault ? '' : ` Default: ${shownDefault}.`;
    return `# ${meaning}${remark}\n#${variable}=${value}\n`;
  });
  return `# ${HEADER}\n# Copy to .env and change what you need.\n\n${entries.join('\n')}`;
}

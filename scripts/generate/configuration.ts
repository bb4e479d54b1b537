import { SETTINGS } from '../../packages/server/config.ts';
import { table } from './table.ts';

const HEADER = 'Generated from packages/server/config.ts by npm run generate. Do not edit.';

const INTRODUCTION = `# Configuration

Every setting is an environment variable; \`npm start\` also reads a \`.env\` file in its folder. A variable that begins with \`OPENVOD_\` and is not in this
table stops the start, because it is most likely a typo.
`;

/** docs/configuration.md */
export function configurationPage(): string {
  const rows = Object.values(SETTINGS).map(({ variable, shownDefault, meaning }) => [
    `\`${variable}\``,
    shownDefault === '' ? '' : `\`${shownDefault}\``,
    meaning,
  ]);
  return `<!-- ${HEADER} -->\n\n${INTRODUCTION}\n${table(['variable', 'default', 'meaning'], rows)}\n`;
}

/** .env.example: every setting, commented out at its default. */
export function envExample(): string {
  const entries = Object.values(SETTINGS).map(({ variable, shownDefault, meaning }) => {
    const value = /[ <>]/.test(shownDefault) ? '' : shownDefault;
    const remark = value === shownDefault ? '' : ` Default: ${shownDefault}.`;
    return `# ${meaning}${remark}\n#${variable}=${value}\n`;
  });
  return `# ${HEADER}\n# Copy to .env and change what you need.\n\n${entries.join('\n')}`;
}

import { GROUPS } from '../../packages/contract/v2/index.ts';
import { configurationPage, envExample } from './configuration.ts';
import { definitionsPage } from './definitions-page.ts';
import { errorsPage } from './errors-page.ts';
import { eventsPage, groupPage, indexPage } from './markdown.ts';
import { openApi } from './openapi.ts';
import { sdkInterfaces } from './typescript.ts';

/** What follows from the contract and from the settings, by its path below the repository. */
export function pages(): Map<string, string> {
  return new Map([
    ['docs/api/README.md', indexPage()],
    ...GROUPS.map((group): [string, string] => [`docs/api/${group}.md`, groupPage(group)]),
    ['docs/api/events.md', eventsPage()],
    ['docs/api/errors.md', errorsPage()],
    ['docs/api/openapi.json', JSON.stringify(openApi(), null, 2)],
    ['docs/configuration.md', configurationPage()],
    ['docs/definitions.md', definitionsPage()],
    ['.env.example', envExample()],
    ['packages/sdk/src/generated/actions.ts', sdkInterfaces()],
  ]);
}

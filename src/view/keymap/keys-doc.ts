import {groupOf, groups} from '../rows/help.ts';
import {stringsFor} from '../strings/index.ts';
import {spellKeys} from './spell.ts';
import {bindings, type Mode, modes} from './table.ts';

const strings = stringsFor('en');

const places: Record<Mode, string> = {
  panels: 'panels',
  detail: 'details',
  help: 'help',
  notices: 'notices',
  agenda: 'resets',
  history: 'history',
  settings: 'settings',
  credentials: 'logins',
};

/** docs/keys.md: the keymap as a table, with the name by which each action is rebound. */
export function keysDoc(): string {
  const sections = groups.map(group => {
    const rows = bindings
      .filter(binding => groupOf[binding.name] === group)
      .map(binding => {
        const where =
          binding.modes.length === modes.length ? 'everywhere' : binding.modes.map(mode => places[mode]).join(', ');
        return `| ${code(spellKeys(binding.keys))} | ${strings.keys[binding.name].help} | \`${binding.name}\` | ${where} |`;
      });
    return [
      `## ${strings.help[group]}`,
      '',
      '| keys | what it does | action | where |',
      '|---|---|---|---|',
      ...rows,
    ].join('\n');
  });
  return `${[intro, ...sections, outro].join('\n\n')}\n`;
}

const code = (keys: string): string =>
  keys
    .split(' ')
    .map(key => `\`${key}\``)
    .join(' ');

const intro = `# Keys

<!-- Made from src/view/keymap/table.ts by \`npm run docs\`; do not edit. -->

\`?\` shows this list in the program, with your own keys; \`/\` searches it. *Everywhere* means in every view, except while you type.`;

const outro = `## While you type

In the login forms: \`←\` \`→\` (\`Ctrl+B\` \`Ctrl+F\`), \`Home\` \`End\` (\`Ctrl+A\` \`Ctrl+E\`), \`Backspace\`, \`Delete\` (\`Ctrl+D\`). \`Ctrl+W\` erases a
word, \`Ctrl+U\` everything before the cursor, \`Ctrl+K\` everything after it. \`↑\` \`↓\` pick from a list, \`Enter\` continues, \`Esc\` goes back
one step and loses nothing.
In the command palette, the cursor stays at the end: \`Backspace\`, \`Ctrl+W\`, \`Ctrl+U\`.

## The filter

Terms with spaces between them; all of them have to hold. It acts while you type: \`Enter\` keeps it, \`Esc\` clears it.

| term | finds accounts |
|---|---|
| \`octo\` | with these letters in their provider, name, plan, status or figures; names may be written roughly (\`mx\` for a name with m and then x in it) |
| \`"AI Pro"\` | with exactly these letters |
| \`failed\` \`ok\` \`warn\` \`critical\` \`over\` \`stale\` \`unlimited\` \`unknown\` | in this state |
| \`>80\` \`>=80\` \`<20\` \`<=20\` | with a limit above or below it, in what the screen shows: used or left |
| \`provider:ai\` \`account:work\` \`plan:pro\` | where this name matches |
| \`!\` before any of them | for which it does not hold: \`!failed\`, \`!>80\`, \`!plan:free\` |

\`!\` and \`!!\` alone are the marks of warnings and critical figures. Anything else is a plain word.

## The command palette

\`:\` lists every action with its key, the providers, and the values of the settings. Type some letters of what you want; \`↑\` \`↓\` choose, \`Enter\` runs.
What belongs to another view is run there.

## Mouse

Click a panel or a row to focus it, and again to open its details. In logins, settings and help a click selects an entry, and a second
one does what \`Enter\` does; in the palette one is enough. A click on an account in the details brings it to the top. The wheel scrolls
what is under the pointer; in the table it goes from row to row. The keys in the footer can be clicked. \`--no-mouse\`, or
\`display.mouse\` in the settings, turns the mouse off.

## Your own keys

In \`config.json\`, by the action's name. The list replaces the action's keys; an empty list removes them:

\`\`\`json
{"keys": {"refresh": ["r", "ctrl+r"], "quit": ["Q"]}}
\`\`\`

A key is a character, or one of \`tab\`, \`return\`, \`escape\`, \`up\`, \`down\`, \`left\`, \`right\`, \`pageup\`, \`pagedown\`, \`home\`, \`end\`,
\`backspace\`, \`f1\`; \`shift+\` goes before arrows and \`tab\`, \`ctrl+\` and \`alt+\` before letters. \`ctrl+c\` always quits.`;

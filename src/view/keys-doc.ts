import {groupOf, groups} from './help.ts';
import {bindings, type Mode, spellKeys} from './keymap.ts';
import {stringsFor} from './strings/index.ts';

const strings = stringsFor('en');

const places: Record<Mode, string> = {
  panels: 'panels',
  detail: 'details',
  help: 'help',
  notices: 'notices',
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
          binding.modes.length === Object.keys(places).length
            ? 'everywhere'
            : binding.modes.map(mode => places[mode]).join(', ');
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

<!-- Made from src/view/keymap.ts by \`node scripts/keys-doc.ts\`; do not edit. -->

\`?\` shows this list in the program, for the keys as you have set them; \`/\` searches it.`;

const outro = `## While you type

In the forms of the logins: \`←\` \`→\` (\`Ctrl+B\` \`Ctrl+F\`), \`Home\` \`End\` (\`Ctrl+A\` \`Ctrl+E\`), \`Backspace\`, \`Delete\` (\`Ctrl+D\`), \`Ctrl+W\` erases a word,
\`Ctrl+U\` and \`Ctrl+K\` all before and after the cursor; \`↑\` \`↓\` choose where there is a choice, \`Enter\` goes on, \`Esc\` goes back a step and loses nothing.
In the filter the cursor stays at the end: \`Backspace\`, \`Ctrl+W\`, \`Ctrl+U\`.

## Mouse

A click focuses a panel, a click on the focused panel opens its details, the wheel scrolls what is under it, and the keys
in the footer can be clicked. \`--no-mouse\`, or \`display.mouse\` in the settings, switches it off.

## Your own keys

In \`config.json\`, by the action's name; the list replaces the action's keys, an empty one takes them away:

\`\`\`json
{"keys": {"refresh": ["r", "ctrl+r"], "quit": ["Q"]}}
\`\`\`

A key is a character, or one of \`tab\`, \`return\`, \`escape\`, \`up\`, \`down\`, \`left\`, \`right\`, \`pageup\`, \`pagedown\`, \`home\`, \`end\`,
\`backspace\`, \`f1\`; \`shift+\` goes before arrows and \`tab\`, \`ctrl+\` and \`alt+\` before letters. \`ctrl+c\` always quits.`;

/** docs/commands.md: what every command says of itself with --help. A test fails when it is stale. */
import {commands} from '../src/commands/args/description.ts';
import {helpOf} from '../src/commands/args/help.ts';
import {exitCodes} from './man.ts';

const titleOf = (name: string): string => (name === '' ? 'The monitor' : `\`${name}\``);

export const commandsPage = (): string => `# Commands

What every command says with \`--help\`. [Recipes, and what the answers look like](scripting.md).

## Exit codes

| code | means |
|---|---|
${exitCodes.map(([code, text]) => `| ${code} | ${text} |`).join('\n')}

${commands.map(command => `## ${titleOf(command.name)}\n\n\`\`\`text\n${helpOf(command)}\`\`\`\n`).join('\n')}`;

import {describe, expect, it} from 'vitest';
import {longestWaitSeconds, usualWaitSeconds, waitArguments} from '../../src/commands/mcp/schemas.ts';
import {blocksIn, textOf} from './support.ts';

const page = textOf('docs/mcp.md');

describe('the page about the MCP server', () => {
  it('has for every program a block that starts it', () => {
    const json = blocksIn(page, 'json').map(block => JSON.stringify(JSON.parse(block)));
    expect(json).toHaveLength(4);
    for (const block of json)
      expect(block).toMatch(/"command":(?:"mystatus-tui","args":\["mcp"\]|\["mystatus-tui","mcp"\])/);
    expect(blocksIn(page, 'sh')).toEqual(['claude mcp add mystatus -- mystatus-tui mcp\n']);
    const [toml = ''] = blocksIn(page, 'toml');
    expect(toml).toMatch(
      /^\[mcp_servers\.mystatus\]\ncommand = "mystatus-tui"\nargs = \["mcp"\]\ntool_timeout_sec = \d+\n$/,
    );
    expect(Number(/tool_timeout_sec = (\d+)/.exec(toml)?.[1])).toBeGreaterThan(longestWaitSeconds);
  });

  it('names every argument of a wait, and its bounds', () => {
    const names = Object.keys(waitArguments.properties);
    expect(names.filter(name => !page.includes(`\`${name}\``))).toEqual([]);
    expect(page).toContain(
      `\`maxSeconds\` is ${usualWaitSeconds} unless the agent says otherwise, and ${longestWaitSeconds} at most`,
    );
  });
});

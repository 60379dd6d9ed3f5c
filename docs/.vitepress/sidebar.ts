import {catalogue} from '../../src/providers/index.ts';

export const page = (text: string, name: string) => ({text, link: `/${name}`});

/** Every page is in it, which a test holds; the pages of the providers follow from the catalogue. */
export const sidebar = [
  {
    text: 'Use it',
    items: [
      page('Install', 'install'),
      page('A tour of the screen', 'tour'),
      page('Keys', 'keys'),
      page('Logins', 'logins'),
      page('Settings', 'settings'),
      page('Themes', 'themes'),
      page('Forecasts and history', 'foresight'),
      page('Alerts', 'alerts'),
      page('When something is wrong', 'troubleshooting'),
    ],
  },
  {
    text: 'Build on it',
    items: [
      page('Scripting', 'scripting'),
      page('Status bars', 'statusline'),
      page('Integrations', 'integrations'),
      page('Metrics', 'metrics'),
      page('Commands', 'commands'),
      page('A page, and readings over HTTP', 'serve'),
      page('For agents (MCP)', 'mcp'),
      page('Custom providers', 'custom-providers'),
      page('Many machines', 'fleet'),
    ],
  },
  {
    text: 'Providers',
    items: [
      page('All of them', 'providers/'),
      page('Left out, and why', 'unsupported'),
      {text: 'One by one', collapsed: true, items: catalogue.map(({id, name}) => page(name, `providers/${id}`))},
    ],
  },
  {
    text: 'Inside',
    items: [
      page('Security', 'security'),
      page('Architecture', 'architecture'),
      page('Performance', 'performance'),
      page('Adding a provider', 'adding-a-provider'),
      page('Releasing', 'releasing'),
      page('Beside other tools', 'comparison'),
    ],
  },
];

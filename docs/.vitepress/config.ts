import {defineConfig} from 'vitepress';
import {page, sidebar} from './sidebar.ts';

export default defineConfig({
  title: 'mystatus-tui',
  description: 'How much of your AI coding subscriptions is left, live, in a terminal pane',
  // Where a host serves it below a path of its own.
  base: process.env.DOCS_BASE ?? '/',
  outDir: '../site',
  cacheDir: '../node_modules/.cache/vitepress',
  cleanUrls: true,
  // Its table needs the room.
  transformPageData: ({relativePath, frontmatter}) =>
    relativePath === 'providers/index.md' ? {frontmatter: {...frontmatter, aside: false}} : undefined,
  markdown: {
    languageAlias: {tmux: 'sh'},
    config(md) {
      const {code_inline: code, link_open: link} = md.renderer.rules;
      // Templates of the status line have braces, and Vue would fill them in.
      md.renderer.rules.code_inline = (tokens, at, ...rest) => {
        tokens[at]?.attrSet('v-pre', '');
        return code?.(tokens, at, ...rest) ?? '';
      };
      // What lies beside docs/ in the repository is no page here.
      md.renderer.rules.link_open = (tokens, at, options, env, self) => {
        const token = tokens[at];
        if (token?.attrGet('href')?.startsWith('../') && !isBelowDocs(token.attrGet('href') ?? '', env.relativePath))
          return '<a>';
        return link?.(tokens, at, options, env, self) ?? self.renderToken(tokens, at, options);
      };
    },
  },
  themeConfig: {
    search: {provider: 'local'},
    outline: [2, 3],
    nav: [
      page('Install', 'install'),
      page('Tour', 'tour'),
      page('Providers', 'providers/'),
      page('Scripting', 'scripting'),
    ],
    sidebar,
  },
});

const isBelowDocs = (href: string, relativePath: string): boolean =>
  relativePath.includes('/') && !href.startsWith('../../');

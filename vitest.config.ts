import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Ink asks the terminal for its size on every commit unless these are set; chalk is colourless in workers unless told.
    env: {FORCE_COLOR: '3', COLUMNS: '100', LINES: '40'},
    pool: 'forks',
  },
});

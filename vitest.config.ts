import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Ink asks the terminal for its size on every commit unless these are set; chalk is colourless in workers unless told.
    env: {FORCE_COLOR: '3', COLUMNS: '100', LINES: '40'},
    pool: 'forks',
    // The default leaves one core of two idle.
    maxWorkers: '100%',
    // Nothing is timed here: a test ends when it has seen what it waits for, or when that never comes.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

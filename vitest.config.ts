import {defineConfig} from 'vitest/config';

// They share no state but what a module remembers of its arguments, so that one process runs many of them.
const pure = ['components', 'core', 'docs', 'output', 'providers', 'screen', 'view'].map(
  room => `test/${room}/**/*.test.{ts,tsx}`,
);

export default defineConfig({
  // React as it is shipped: less to run, and the one that users have.
  oxc: {jsx: {development: false}},
  test: {
    // Ink asks the terminal for its size on every commit unless these are set; chalk is colourless in workers unless told.
    env: {FORCE_COLOR: '3', COLUMNS: '100', LINES: '40', NODE_ENV: 'production'},
    pool: 'forks',
    // The default leaves one core of two idle. More than there are cores take longer in all: 980 s of CPU instead of 862.
    maxWorkers: '100%',
    // Nothing is timed here: a test ends when it has seen what it waits for, or when that never comes.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {extends: true, test: {name: 'pure', include: pure, isolate: false}},
      {extends: true, test: {name: 'rest', include: ['test/**/*.test.{ts,tsx}'], exclude: pure}},
    ],
  },
});

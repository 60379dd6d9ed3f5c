import type {Window} from './model.ts';

/** `statusline --stdin <name>` takes them from standard input, and keeps them for the account at this place. */
export type HandedFigures = {
  /** What the program is called: 'acme-cli'. */
  name: string;
  place: string;
  /** What is printed for it, as a template of `statusline`, and what that is. */
  line: {format: string; about: string};
  /** The windows in the JSON that it hands over; none where it tells of none. Never rejects. */
  windows(value: unknown, now: number): Promise<Window[]>;
};

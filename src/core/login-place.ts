/** A place where a login may stand: what it is called, and what is looked at there. */
export type LoginPlace = {
  name: string;
  /** What `login` stored. */
  stored?: true;
  variables?: readonly string[];
  /** `~/…`, or `$VARIABLE/…` where the variable is set; `*` stands for any letters. */
  files?: readonly string[];
  programs?: readonly string[];
  /** What else has to be said, in English. */
  note?: string;
};

/** Where a place is looked at, for people who ask why a login was not found. */
export const whereOf = ({stored, variables = [], files = [], programs = [], note}: LoginPlace): string[] => [
  ...(stored ? ['what it stored'] : []),
  ...variables,
  ...files,
  ...programs.map(program => `the command ${program}`),
  ...(note === undefined ? [] : [note]),
];

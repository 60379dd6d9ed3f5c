/** What the demo is made of. The tests serve the same answers over HTTP, so demo and tests cannot drift apart. */
export type DemoService = {
  /** Invented credential files, by path below the home directory. */
  files(now: number): Record<string, string>;
  /** Files of SQLite on it, by path: what stands in their `ItemTable`, by key. */
  stores?(now: number): Record<string, Readonly<Record<string, string>>>;
  /** Variables of the invented computer. */
  env?: Readonly<Record<string, string>>;
  /** Programs on it, by name: what each prints, by its arguments with a space between them. */
  programs?(now: number): Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Answers as the real service would for those credentials; 404 for a path that it does not serve. */
  answer(request: DemoRequest, now: number): DemoAnswer;
};
/** `path` with its query; `headers` lower-case. */
export type DemoRequest = {
  method: string;
  path: string;
  headers: Record<string, string | undefined>;
  body: string;
};
/** `body`: a text as it is, anything else as JSON. */
export type DemoAnswer = {status: number; headers?: Record<string, string>; body: unknown};

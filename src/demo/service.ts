/** What a family of the demo is made of. The tests serve the same answers over HTTP, so demo and tests cannot drift apart. */
export type DemoRequest = {
  method: string /** Path with query. */;
  path: string;
  headers: Record<string, string | undefined>;
  body: string;
};
export type DemoAnswer = {
  status: number;
  headers?: Record<string, string> /** Text as it is, anything else as JSON. */;
  body: unknown;
};

export type DemoService = {
  /** Invented credential files, by path below the home directory. */
  files(now: number): Record<string, string>;
  /** Answers as the real service would for those credentials; 404 for a path that it does not serve. */
  answer(request: DemoRequest, now: number): DemoAnswer;
};

/** How a credential is stored by hand: the fields beside the secret that `login` asks for or takes as options. */
export type LoginForm = {
  /** What the secret is called: 'API key'. */
  secret: string;
  /** The one place that it may go to: an origin, or a program. It is stored beside the secret. */
  boundTo?: string;
  fields: readonly {
    name: string;
    label: string;
    required: boolean;
    values?: readonly string[];
    /** Typed unseen, and never taken from the command line, where other users could read it. */
    secret?: true;
  }[];
};

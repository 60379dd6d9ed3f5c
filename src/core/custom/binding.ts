/** Where an address leads: a gateway of one's own may be anywhere, and that is said before it is trusted. */
export type Network = 'public' | 'private' | 'this machine';

/** What is agreed to when a definition is trusted, as it is shown before. */
export type Binding =
  | {kind: 'http'; url: string; header: string; scheme: string; env: string; network: Network}
  | {kind: 'command'; run: readonly string[]; passEnv: readonly string[]; secretEnv: string | null};

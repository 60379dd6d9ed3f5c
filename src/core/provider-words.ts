/** Words of one provider in one language. */
export type ProviderWords = {
  /** Names of pools by id; where a name is too long for a narrow panel, a short one beside it. */
  pools?: Readonly<Record<string, string | readonly [long: string, short: string]>>;
  /** Names of its switches (`Provider.options`); what one of them offers is the remedy of the same name. */
  options?: Readonly<Record<string, string>>;
  notes?: Readonly<Record<string, (parts: NoteParts) => string>>;
  remedies?: Readonly<Record<string, (parts: RemedyParts) => string>>;
};
/** The optional parts of a note; `time`, `percent` and `amount` are spelled already. */
export type NoteParts = {
  text?: string | undefined;
  time?: string | undefined;
  percent?: string | undefined;
  amount?: string | undefined;
};
/** The parameters of a remedy: see `Remedy`. */
export type RemedyParts = {
  name?: string | undefined;
  command?: string | undefined;
  version?: string | undefined;
  url?: string | undefined;
};

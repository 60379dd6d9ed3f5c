export const id = 'jetbrains';
export const place = 'JetBrains IDEs';

/** Directories of the IDEs' makers, each with one for every product and version, and how those are called there. */
export const makers = [
  {name: 'JetBrains', product: ''},
  {name: 'Google', product: 'AndroidStudio'},
] as const;
/** In the directory of a product: what its AI Assistant noted last. */
export const quotaFile = 'options/AIAssistantQuotaManager2.xml';

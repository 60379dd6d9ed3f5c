/** Definitions that are shipped, by the names of their files in presets/. */
export const presetNames = [
  'litellm',
  'new-api',
  'sub2api',
  'vercel',
  'poe',
  'venice',
  'elevenlabs',
  'deepinfra',
  'fireworks',
] as const;

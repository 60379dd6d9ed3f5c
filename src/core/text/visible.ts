const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** For text that must be seen as it is: what moves the cursor, turns the direction or cannot be seen is spelled out as in JSON. Lines remain. */
export const visible = (text: string): string =>
  text.replace(hidden, each => (each === '\n' ? each : [...each].flatMap(unitsOf).join('')));

const unitsOf = (character: string): string[] =>
  Array.from({length: character.length}, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`);

const unused = () => {
  throw new Error('conf is bundled without its options `schema` and `migrations`');
};

/** In place of Ajv's class. */
export function Ajv2020() {
  unused();
}
/** In place of semver, whose `valid` conf calls first; and of ajv-formats, which is used after Ajv. */
export default {valid: unused};

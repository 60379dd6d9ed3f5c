import type {AlertName, AlertSettings} from './event.ts';

/** What the user wants to hear of a window, or of a login. */
export type Wanted = {
  has(event: AlertName): boolean;
  /** Percent used, the highest first. */
  thresholds: readonly number[];
  /** Chance from which a limit counts as running out; null: never. */
  runOutFrom: number | null;
};

const usual: readonly AlertName[] = [
  'threshold',
  'run-out',
  'spent',
  'back',
  'early-reset',
  'plan-changed',
  'login',
  'changed',
];
const chances = {early: 0.5, normal: 0.6, sure: 0.75, off: null} as const;

/** `window` is null for what is about the login: rules for a window do not fit it. */
export function wantedFor(settings: AlertSettings, provider: string, window: string | null): Wanted {
  const rule = settings.rules.find(
    each => (each.provider ?? provider) === provider && (each.window ?? window) === window,
  );
  const events: readonly AlertName[] = rule?.events ?? usual;
  return {
    has: event => events.includes(event),
    thresholds: [...(rule?.thresholds ?? settings.thresholds)].sort((a, b) => b - a),
    runOutFrom: chances[settings.runOut],
  };
}

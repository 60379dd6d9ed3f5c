/**
 * What the environment says of a collector for OpenTelemetry. OTEL_EXPORTER_OTLP_ENDPOINT asks for the push, or
 * OTEL_EXPORTER_OTLP_METRICS_ENDPOINT; headers, certificates and the like are read by the SDK itself.
 */
export type PushSettings = {
  /** Scheme, host and port, to be shown; null when the address cannot be used. */
  collector: string | null;
  /** What is not as the environment wants it: a line each. */
  problems: string[];
  /** To be kept out of everything that is shown. */
  secrets: string[];
  intervalMs: number;
  timeoutMs: number;
};

type Environment = Record<string, string | undefined>;

const usualIntervalMs = 60_000;
const usualTimeoutMs = 30_000;
// A timer that is set for longer fires at once.
const longestMs = 2 ** 31 - 1;

/** Null when nothing is to be pushed. */
export function pushSettings(env: Environment): PushSettings | null {
  const variable = ofMetrics(env, 'ENDPOINT');
  if (variable === null || isOff(env)) return null;
  const url = URL.parse(env[variable] ?? '');
  const isUsable = url !== null && /^https?:$/.test(url.protocol);
  const intervalMs = milliseconds(env.OTEL_METRIC_EXPORT_INTERVAL) ?? usualIntervalMs;
  return {
    collector: isUsable ? url.origin : null,
    problems: [
      ...(isUsable ? [] : [`${variable} is not an http or https address: no metrics are sent`]),
      ...protocol(env),
    ],
    secrets: [...headerSecrets(env), ...(url === null ? [] : [url.username, url.password].filter(Boolean))],
    intervalMs,
    timeoutMs: Math.min(intervalMs, milliseconds(env.OTEL_METRIC_EXPORT_TIMEOUT) ?? usualTimeoutMs),
  };
}

/** The name of the variable that is set: the one for metrics stands over the one for everything. */
const ofMetrics = (env: Environment, what: string): string | null =>
  [`OTEL_EXPORTER_OTLP_METRICS_${what}`, `OTEL_EXPORTER_OTLP_${what}`].find(name => env[name]?.trim()) ?? null;

function isOff({OTEL_SDK_DISABLED: disabled, OTEL_METRICS_EXPORTER: exporters}: Environment): boolean {
  const names = (exporters ?? '').split(',').map(name => name.trim());
  return disabled?.trim().toLowerCase() === 'true' || names.includes('none');
}

function protocol(env: Environment): string[] {
  const variable = ofMetrics(env, 'PROTOCOL');
  if (variable === null || !/^grpc$/i.test(env[variable]?.trim() ?? '')) return [];
  return [`${variable}: gRPC is not supported, metrics are sent over HTTP (usually port 4318)`];
}

/** `name=value,name=value`, percent-encoded. What follows a word such as `Bearer` is a secret by itself. */
const headerSecrets = (env: Environment): string[] =>
  [env.OTEL_EXPORTER_OTLP_HEADERS, env.OTEL_EXPORTER_OTLP_METRICS_HEADERS].flatMap(headers =>
    (headers ?? '').split(',').flatMap(pair => {
      const value = pair.slice(pair.indexOf('=') + 1).trim();
      return [value, decoded(value), ...decoded(value).split(' ')].filter(Boolean);
    }),
  );

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function milliseconds(text: string | undefined): number | null {
  const value = Number(text?.trim() || Number.NaN);
  return value >= 1 ? Math.min(Math.round(value), longestMs) : null;
}
